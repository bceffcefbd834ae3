import type { RefObject } from 'preact';
import { NodeSearch } from '../../graph/node-search.tsx';
import { MEASURES, type Measure, measureOf } from './measures.ts';

export interface GraphOptionsProps {
  readonly measure: Measure | null;
  readonly onMeasure: (measure: Measure | null) => void;
  /** Why the measure is not there, in words. */
  readonly problem: string | undefined;
  readonly communities: boolean;
  readonly onCommunities: (shown: boolean) => void;
  readonly names: readonly string[];
  readonly onFind: (node: number) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** What is to be seen of the nodes beside their values. */
export function GraphOptions(props: GraphOptionsProps) {
  const { measure, onMeasure, problem, communities, onCommunities } = props;
  return (
    <div class="row graph-options">
      <label>
        Size by{' '}
        <select
          value={measure ?? ''}
          onChange={(event) => onMeasure(measureOf(event.currentTarget.value))}
        >
          <option value="">nothing</option>
          {Object.entries(MEASURES).map(([name, title]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={communities}
          onChange={(event) => onCommunities(event.currentTarget.checked)}
        />{' '}
        communities
      </label>
      <NodeSearch names={props.names} onFind={props.onFind} field={props.field} />
      {problem !== undefined && (
        <span class="wrong" role="status">
          {problem}
        </span>
      )}
    </div>
  );
}
