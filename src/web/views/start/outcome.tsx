import type { StartSimulationsResponse } from '../../../gen/gossip/v1/simulation_pb.ts';
import { counted } from '../../format.ts';
import { Name } from '../../name.tsx';
import { storedToken } from '../../token.ts';
import type { Checked } from './check.ts';
import type { Found } from './problems.ts';

/** What would be started, or why it cannot be. */
export function Outcome({
  checked,
  problems,
  unfinished,
}: {
  checked: Checked;
  /** Those that stand beside no field. */
  problems: readonly Found[];
  /** Whether fields have problems: then nothing else is known. */
  unfinished: boolean;
}) {
  const { answer, isChecking, needsToken } = checked;
  return (
    <div aria-live="polite" aria-busy={isChecking} class="outcome">
      {unfinished && (
        <p class="wrong">Something is not filled in as it should be; it says so beside it.</p>
      )}
      {needsToken && !isChecking && (
        <p class="wrong">
          {storedToken() === ''
            ? 'Enter the token of this server.'
            : 'This is not the token of this server.'}
        </p>
      )}
      {problems.length > 0 && <ProblemList problems={problems} />}
      {!unfinished && answer !== undefined && <WouldBe answer={answer} />}
      {isChecking && answer === undefined && problems.length === 0 && !unfinished && (
        <p class="quiet">Asking the server…</p>
      )}
    </div>
  );
}

function WouldBe({ answer }: { answer: StartSimulationsResponse }) {
  const { jobs, warnings } = answer;
  return (
    <>
      <ul class="jobs-to-be">
        {jobs.map(({ name, algorithm, graphs, runs }) => (
          <li key={name}>
            <Name text={name} />{' '}
            <span class="quiet">
              <Name text={algorithm} /> on <Name text={graphs.join(', ')} />, {counted(runs, 'run')}
            </span>
          </li>
        ))}
      </ul>
      {jobs.length === 0 && <p>There is nothing to play in this.</p>}
      {warnings.length > 0 && (
        <ul class="warnings" aria-label="Warnings">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Problems, each with its file, line and field. */
export function ProblemList({ problems }: { problems: readonly Found[] }) {
  return (
    <ul class="problems">
      {problems.map(({ file, line, field, text }) => {
        const place = [file, line === 0 ? '' : `line ${line}`, field].filter(Boolean).join(', ');
        return (
          <li key={`${place}: ${text}`}>
            {place !== '' && (
              <b>
                <bdi>{place}</bdi>:{' '}
              </b>
            )}
            <span class="wrong">{text}</span>
          </li>
        );
      })}
    </ul>
  );
}
