import './compare.css';
import { useRef } from 'preact/hooks';
import type { View } from '../../app.tsx';
import { useAnswer } from '../../asking.ts';
import { useClient } from '../../client.ts';
import { linkWith } from '../../link-with.ts';
import { goTo, placeLink } from '../../place.ts';
import { parseChoice } from '../simulations/contestants.ts';
import { Add } from './add.tsx';
import { Comparison } from './comparison.tsx';
import { listOf, MOST_CONTESTANTS, withAlso, without } from './list.ts';
import { Refused } from './refused.tsx';

/** Algorithms beside each other: `with` names each as "folder/graph/execution", `run` and `round` what is looked at. */
const Compare: View = ({ params }) => {
  const client = useClient();
  const list = listOf(params);
  const asked = useAnswer(
    (signal) =>
      list.length === 0
        ? Promise.resolve(null)
        : client.compareSimulations({ contestants: list.map(parseChoice) }, { signal }),
    [client, list.join('\n')],
  );
  const before = useRef(asked.value);
  if (!asked.asking) before.current = asked.value;
  // What is there stays until another answer comes.
  const answer = asked.value ?? (asked.asking ? before.current : undefined);
  const graph = list.length === 0 ? null : parseChoice(list[0]).graph;
  const change = (changed: string[]) => goTo(linkWith('compare', params, { with: changed }));
  const all = answer?.contestants ?? [];
  return (
    <div class="compare" aria-busy={asked.asking}>
      <h1>Compare</h1>
      {asked.error !== undefined && (
        <Refused error={asked.error} list={list} onRemove={(gone) => change(without(list, gone))} />
      )}
      {list.length === 0 && (
        <p>
          Choose two or more below, or by their boxes in the{' '}
          <a href={placeLink('simulations')}>simulations</a>.
        </p>
      )}
      {list.length > 0 && all.length === 0 && asked.asking && <p class="quiet">Loading…</p>}
      {all.length > 0 && <Comparison contestants={all} params={params} />}
      {list.length < MOST_CONTESTANTS && (
        <details class="adding" open={list.length < 2}>
          <summary>{list.length === 0 ? 'Choose' : 'Add another'}</summary>
          <Add list={list} graph={graph} onAdd={(also) => change(withAlso(list, also))} />
        </details>
      )}
    </div>
  );
};

export default Compare;
