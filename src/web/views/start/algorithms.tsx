import { useId } from 'preact/hooks';
import type { StrategyChoice } from '../../../gen/gossip/v1/simulation_pb.ts';
import { Name } from '../../name.tsx';
import { algorithmGroups } from './algorithm-groups.ts';

const MEMORIES = [
  ['plain', 'no memory'],
  ['memory', 'memory'],
  ['complexMemory', 'complex memory'],
] as const;

/** Whom nodes talk to: each that is chosen is a simulation of its own. */
export function Algorithms({
  strategies,
  chosen,
  problem,
  onChange,
}: {
  strategies: readonly StrategyChoice[];
  chosen: readonly string[];
  problem?: string;
  onChange: (chosen: string[]) => void;
}) {
  const id = useId();
  const change = (name: string, isChosen: boolean) => {
    const others = chosen.filter((other) => other !== name);
    onChange(isChosen ? [...others, name] : others);
  };
  return (
    <fieldset class="algorithms" aria-describedby={`${id}-help ${id}-problem`}>
      <legend>Algorithms</legend>
      <p id={`${id}-help`} class="quiet">
        Whom a node talks to. Each that you choose is a simulation of its own, under the same seed,
        so that they can be compared. With memory, a node talks less to whom it met; with complex
        memory, until its value changes.
      </p>
      <p id={`${id}-problem`} class="wrong" aria-live="polite">
        {problem}
      </p>
      <ul>
        {algorithmGroups(strategies).map((group) => (
          <li key={group.name}>
            <p>
              <b>
                <Name text={group.name} />
              </b>{' '}
              <span class="quiet">
                {group.summary}; knows {group.knows}
              </span>
            </p>
            <p class="row">
              {MEMORIES.map(([memory, title]) => {
                const name = group[memory];
                return (
                  name !== null && (
                    <label key={memory} class="check">
                      <input
                        type="checkbox"
                        checked={chosen.includes(name)}
                        aria-invalid={problem !== undefined}
                        onChange={({ currentTarget }) => change(name, currentTarget.checked)}
                      />
                      <span class="unseen">{group.name}, </span>
                      {title}
                    </label>
                  )
                );
              })}
            </p>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
