import type { Job } from '../../../gen/gossip/v1/simulation_pb.ts';
import { useJobs } from '../../connection.ts';
import { Name } from '../../name.tsx';
import { placeLink } from '../../place.ts';
import { useServer } from '../../server.ts';
import { TokenForm } from '../../token-field.tsx';
import { announcement, isOver, jobText } from './job-text.ts';
import { useCancel } from './use-cancel.ts';

/** The simulations that wait, play or are just over. */
export function Jobs() {
  const jobs = useJobs();
  const { value: server } = useServer();
  if (jobs.length === 0) return null;
  const isPlaying = jobs.some((job) => !isOver(job));
  return (
    <section aria-labelledby="jobs">
      <h2 id="jobs">{isPlaying ? 'Playing now' : 'Just over'}</h2>
      <p role="status" class="unseen">
        {announcement(jobs)}
      </p>
      {isPlaying && <TokenForm />}
      <ul class="jobs">
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} mayCancel={server?.mayStart ?? false} />
        ))}
      </ul>
    </section>
  );
}

function JobRow({ job, mayCancel }: { job: Job; mayCancel: boolean }) {
  const { isEnding, problem, cancel } = useCancel(job.id);
  const { id, name, folder, algorithm, graphs, finished, runs } = job;
  const over = isOver(job);
  // What ended before its first run has nothing to show.
  const place = !over
    ? { job: id }
    : finished > 0
      ? { simulation: folder, graph: graphs[0] }
      : null;

  return (
    <li class="job">
      <div class="what">
        <Name text={name} />
        <span class="quiet">
          <Name text={algorithm} /> on <Name text={graphs.join(', ')} />
        </span>
      </div>
      <div class="how">
        {!over && (
          <progress
            value={runs === 0 ? undefined : finished}
            max={Math.max(1, runs)}
            aria-label={`Runs of ${name.slice(0, 80)}`}
          />
        )}
        <span class={problem || job.problem ? 'wrong' : ''}>{problem || jobText(job)}</span>
      </div>
      <div class="row">
        {place !== null && (
          <a
            href={placeLink('run', place)}
            aria-label={`${over ? 'See' : 'Watch'} ${name.slice(0, 80)}`}
          >
            {over ? 'See' : 'Watch'}
          </a>
        )}
        {!over && mayCancel && (
          <button
            type="button"
            disabled={isEnding}
            onClick={cancel}
            aria-label={`Cancel ${name.slice(0, 80)}`}
          >
            {isEnding ? 'Canceling…' : 'Cancel'}
          </button>
        )}
      </div>
    </li>
  );
}
