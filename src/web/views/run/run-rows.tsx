import type { Run } from '../../../gen/gossip/v1/simulation_pb.ts';
import { count, decimal } from '../../format.ts';
import { Heads } from '../../heads.tsx';
import { Name } from '../../name.tsx';
import { placeLink } from '../../place.ts';
import { Scroll } from '../../scroll.tsx';

/** So many of the last runs are shown. */
const MOST = 50;

/** The runs that are over, the last first. */
export function RunRows({ folder, runs }: { folder: string; runs: readonly Run[] }) {
  if (runs.length === 0) return null;
  return (
    <section aria-labelledby="runs-over">
      <h2 id="runs-over">
        {runs.length > MOST ? `The last ${MOST} of ${count(runs.length)} runs` : 'Finished runs'}
      </h2>
      <Scroll label="Finished runs" isTall>
        <table>
          <thead>
            <tr>
              <Heads names={['Graph']} />
              <Heads names={['Execution']} isNumber />
              <Heads names={['Run']} />
              <Heads names={['Rounds', 't99', 'Busiest node']} isNumber />
            </tr>
          </thead>
          <tbody>
            {runs
              .slice(-MOST)
              .reverse()
              .map(({ graph, execution, run, rounds, converged, t99, maxLoad }) => (
                <tr key={`${graph}/${execution}/${run}`}>
                  <td>
                    <Name text={graph} />
                  </td>
                  <td class="number">{execution}</td>
                  <td>
                    <a href={placeLink('run', { simulation: folder, graph, execution, run })}>
                      run {run}
                    </a>
                  </td>
                  <td class="number">{converged ? count(rounds) : `not in ${count(rounds)}`}</td>
                  <td class="number">{t99 ?? '–'}</td>
                  <td class="number">{decimal(maxLoad)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
