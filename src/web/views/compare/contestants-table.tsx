import { meanText } from '../../charts/distribution.ts';
import { decimal } from '../../format.ts';
import { Heads } from '../../heads.tsx';
import { linkWith } from '../../link-with.ts';
import { Name } from '../../name.tsx';
import { goTo, placeLink } from '../../place.ts';
import { Scroll } from '../../scroll.tsx';
import type { Shown } from './contestant.ts';
import { listOf, withFirst, without } from './list.ts';
import { graphsOf, runsText, speedUpText } from './words.ts';

const NUMBERS = ['Runs', 'Rounds (95 % CI)', 'Median', 't99', 'Busiest node', 'Speed-up (95 % CI)'];

/** What the runs of each say together, beside the first. */
export function ContestantsTable({
  all,
  params,
}: {
  all: readonly Shown[];
  params: URLSearchParams;
}) {
  const list = listOf(params);
  const show = (changed: string[]) => goTo(linkWith('compare', params, { with: changed }));
  const hasGraphs = graphsOf(all.map(({ compared }) => compared)).length > 1;
  return (
    <>
      <Scroll label="Table of contestants">
        <table class="contestants">
          <thead>
            <tr>
              <Heads names={['Algorithm', ...(hasGraphs ? ['Graph'] : []), 'Simulation']} />
              <Heads names={NUMBERS} isNumber />
              <td />
            </tr>
          </thead>
          <tbody>
            {all.map((shown, index) => {
              const { compared, key, label, color, dashed, place } = shown;
              const { summary } = compared;
              return (
                <tr key={key}>
                  <th scope="row">
                    <span
                      class={dashed ? 'swatch dashed' : 'swatch'}
                      style={{ borderColor: color }}
                    />
                    {compared.algorithm}
                    <span class="parameters quiet">{compared.parameters}</span>
                  </th>
                  {hasGraphs && (
                    <td>
                      <Name text={place.graph} />
                    </td>
                  )}
                  <td>
                    <a href={placeLink('simulations', { simulation: place.folder })}>
                      <Name text={compared.name} />
                    </a>
                  </td>
                  <td class="number">{runsText(summary?.runs ?? 0, summary?.converged ?? 0)}</td>
                  <td class="number">
                    {meanText({
                      mean: summary?.mean ?? null,
                      interval: summary?.interval ?? null,
                    }) || '–'}
                  </td>
                  <td class="number">{decimal(summary?.median, 1)}</td>
                  <td class="number">{decimal(summary?.t99, 1)}</td>
                  <td class="number">{decimal(summary?.maxLoad, 1)}</td>
                  <td class={compared.unpaired === '' ? 'number' : 'why'}>
                    {speedUpText(compared, index === 0)}
                  </td>
                  <td>
                    <span class="row tight">
                      {index === 0 ? (
                        <span class="quiet">the first</span>
                      ) : (
                        <button
                          type="button"
                          aria-label={`Make first: ${label}`}
                          onClick={() => show(withFirst(list, key))}
                        >
                          Make first
                        </button>
                      )}
                      <button
                        type="button"
                        aria-label={`Remove ${label}`}
                        onClick={() => show(without(list, key))}
                      >
                        Remove
                      </button>
                    </span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <p class="quiet small">
        Intervals speak of further runs on the same graph with the same start values; speed-up is
        over the first, a ratio of means over pairs of runs with equal draws. t99: first round in
        which 99 % of the nodes hold the final value. Busiest node: its exchanges a round.
      </p>
    </>
  );
}
