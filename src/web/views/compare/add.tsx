import { useState } from 'preact/hooks';
import { useAnswer } from '../../asking.ts';
import { useClient } from '../../client.ts';
import { counted, decimal, moment } from '../../format.ts';
import { Name } from '../../name.tsx';
import { useSimulations } from '../../simulations.ts';
import { choiceParam } from '../simulations/contestants.ts';
import { filtered } from '../simulations/rows.ts';

const MOST_SHOWN = 30;

export interface AddProps {
  readonly list: readonly string[];
  /** The graph of the first; null: any. */
  readonly graph: string | null;
  readonly onAdd: (contestant: string) => void;
}

/** Finds another contestant among the stored simulations. */
export function Add({ list, graph, onAdd }: AddProps) {
  const { simulations, isComplete, error } = useSimulations();
  const [text, setText] = useState('');
  const [isAnyGraph, setAnyGraph] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const only = isAnyGraph ? null : graph;
  const fitting = filtered(
    simulations.filter(({ graphs }) => only === null || graphs.includes(only)),
    text,
  );
  const found = !isComplete
    ? 'Loading…'
    : fitting.length > MOST_SHOWN
      ? `${counted(fitting.length, 'simulation')}; the first ${MOST_SHOWN}:`
      : counted(fitting.length, 'simulation');
  return (
    <div class="add">
      <search class="row">
        <label class="row grow">
          Search
          <input
            type="search"
            class="grow"
            placeholder="name, algorithm, graph, seed"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        {graph !== null && (
          <label class="row tight">
            <input
              type="checkbox"
              checked={isAnyGraph}
              onChange={({ currentTarget }) => setAnyGraph(currentTarget.checked)}
            />
            also on other graphs than <Name text={graph} />
          </label>
        )}
      </search>
      <p role="status" class={error === undefined ? 'quiet' : 'wrong'}>
        {error ?? found}
      </p>
      <ul>
        {fitting.slice(0, MOST_SHOWN).map(({ folder, name, algorithm, timestamp }) => (
          <li key={folder}>
            <div class="row tight">
              <button
                type="button"
                aria-expanded={opened === folder}
                onClick={() => setOpened(opened === folder ? null : folder)}
              >
                {algorithm}
              </button>
              <Name text={name} /> <span class="quiet moment">{moment(timestamp)}</span>
            </div>
            {opened === folder && <Executions {...{ folder, list, onAdd }} graph={only} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What a simulation has to be compared: its executions on its graphs. */
function Executions({ folder, list, graph, onAdd }: AddProps & { folder: string }) {
  const client = useClient();
  const { value, error } = useAnswer(
    (signal) => client.getSimulation({ folder }, { signal }),
    [client, folder],
  );
  if (error !== undefined) return <p class="wrong">{error}</p>;
  if (value === undefined) return <p class="quiet">Loading…</p>;
  const { summaries, executions } = value;
  const fitting = summaries.filter(
    (one) => one.runs > 0 && (graph === null || one.graph === graph),
  );
  if (fitting.length === 0) return <p class="quiet">No run of it is finished.</p>;
  return (
    <ul>
      {fitting.slice(0, MOST_SHOWN).map((summary) => {
        const { execution } = summary;
        const key = choiceParam({ folder, graph: summary.graph, execution });
        const { parameters = '' } = executions.find((one) => one.execution === execution) ?? {};
        return (
          <li key={key} class="row">
            <button type="button" disabled={list.includes(key)} onClick={() => onAdd(key)}>
              Add
            </button>
            <span>
              {parameters || 'no parameters'} on <Name text={summary.graph} />
            </span>
            <span class="quiet">
              {counted(summary.runs, 'run')}, {decimal(summary.mean)} rounds
            </span>
          </li>
        );
      })}
    </ul>
  );
}
