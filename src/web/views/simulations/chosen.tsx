import type { Job, Simulation } from '../../../gen/gossip/v1/simulation_pb.ts';
import { linkWith } from '../../link-with.ts';
import { Name } from '../../name.tsx';
import { goTo, placeLink } from '../../place.ts';
import { contestants, parseChoice } from './contestants.ts';
import { isOver } from './job-text.ts';

/** More would not be told apart, and the server compares no more. */
const MOST = 16;

/** What is chosen to be compared, and the way there. */
export function Chosen({
  chosen,
  simulations,
  jobs,
  params,
}: {
  chosen: readonly string[];
  simulations: readonly Simulation[];
  jobs: readonly Job[];
  params: URLSearchParams;
}) {
  if (chosen.length === 0) return null;
  const choices = chosen.map(parseChoice);
  const result = contestants(choices, simulations);
  const isPlaying = jobs.some(
    (job) => !isOver(job) && choices.some(({ folder }) => folder === job.folder),
  );
  const why = isPlaying
    ? 'They can be compared when they are finished.'
    : chosen.length < 2
      ? 'Choose another to compare it with.'
      : chosen.length > MOST
        ? `At most ${MOST} can be compared.`
        : 'problem' in result
          ? result.problem
          : null;
  return (
    <div class="notice chosen">
      <ol>
        {chosen.map((choice, index) => (
          <li key={choice}>
            <Name text={choice} />
            {index === 0 && <span class="quiet"> is what the others are compared with</span>}
          </li>
        ))}
      </ol>
      <p class="row">
        {why === null && 'with' in result ? (
          <a class="button main" href={placeLink('compare', { with: result.with })}>
            Compare these {chosen.length}
          </a>
        ) : (
          <span role="status">{why}</span>
        )}
        <button
          type="button"
          onClick={() => goTo(linkWith('simulations', params, { with: null }), { replace: true })}
        >
          Choose none
        </button>
      </p>
    </div>
  );
}
