import type { GraphPicture, Job, Run } from '../../../gen/gossip/v1/simulation_pb.ts';
import { useAnswer } from '../../asking.ts';
import { useClient } from '../../client.ts';
import { count } from '../../format.ts';
import { GraphView, ValueLegend } from '../../graph/index.ts';
import type { KnownHistory } from '../../history.ts';
import { Name } from '../../name.tsx';
import { placeLink } from '../../place.ts';
import { useServer } from '../../server.ts';
import { useTitle } from '../../title.ts';
import { TokenForm } from '../../token-field.tsx';
import { isOver, jobText } from '../simulations/job-text.ts';
import { useCancel } from '../simulations/use-cancel.ts';
import { Curve } from './curve.tsx';
import { RunRows } from './run-rows.tsx';
import { useLive } from './use-live.ts';
import { useSettled } from './use-settled.ts';
import { useShown } from './use-shown.ts';
import { ValueTable } from './value-table.tsx';
import { momentText } from './words.ts';

/** A simulation while it is played. */
export function LiveRun({ id }: { id: string }) {
  const { job, runs, history, error } = useLive(id);
  useTitle(job === undefined ? 'Live' : `${job.name}, live`);
  const said = useSettled(job === undefined ? '' : jobText(job), 1000);
  const place = history.decoder.beginning?.place;
  const client = useClient();
  const { folder = '', graph = '' } = place ?? {};
  const picture = useAnswer(
    (signal) =>
      folder === ''
        ? Promise.resolve(undefined)
        : client.getGraph({ folder, graph }, { signal }).then((answer) => answer.graph),
    [client, folder, graph],
  );
  if (job === undefined) {
    return (
      <>
        <h1>Live</h1>
        {error === undefined ? (
          <p class="quiet">Asking how it stands…</p>
        ) : (
          <p class="notice">
            <span class="wrong">{error}</span>{' '}
            <a href={placeLink('simulations')}>All simulations</a>
          </p>
        )}
      </>
    );
  }
  return (
    <div class="run">
      <h1>
        <Name text={job.name} /> on <Name text={job.graphs.join(', ')} />
      </h1>
      <Progress job={job} runs={runs} />
      <p class="unseen" role="status">
        {said}
      </p>
      {error !== undefined && <p class="notice wrong">{error}</p>}
      {picture.error !== undefined && <p class="notice wrong">{picture.error}</p>}
      {picture.value !== undefined && <LiveScreen picture={picture.value} history={history} />}
      <RunRows folder={job.folder} runs={runs} />
    </div>
  );
}

function Progress({ job, runs }: { job: Job; runs: readonly Run[] }) {
  const { value: server } = useServer();
  const { isEnding, problem, cancel } = useCancel(job.id);
  const [first] = runs;
  const over = isOver(job);
  return (
    <>
      <div class="row">
        {!over && (
          <progress
            value={job.runs === 0 ? undefined : job.finished}
            max={Math.max(1, job.runs)}
            aria-label="Runs"
          />
        )}
        <span class={job.problem ? 'wrong' : ''}>{jobText(job)}</span>
        {!over && server?.mayStart && (
          <button type="button" disabled={isEnding} onClick={cancel}>
            {isEnding ? 'Canceling…' : 'Cancel'}
          </button>
        )}
        {over && first !== undefined && (
          <a
            class="button main"
            href={placeLink('run', {
              simulation: job.folder,
              graph: first.graph,
              execution: first.execution,
              run: first.run,
            })}
          >
            See its runs, round by round
          </a>
        )}
        {problem !== '' && (
          <span class="wrong" role="status">
            {problem}
          </span>
        )}
      </div>
      {!over && <TokenForm />}
    </>
  );
}

function LiveScreen({ picture, history }: { picture: GraphPicture; history: KnownHistory }) {
  const { beginning, rounds } = history.decoder;
  const nodes = picture.x.length;
  const round = rounds.at(-1)?.round ?? 0;
  const position = { round, exchange: null };
  const shown = useShown(history, nodes, position, undefined, false);
  if (shown === null || beginning === null) return null;
  const { values, paint, scale, final, isMean } = shown;
  const isWhole = beginning.lastRound !== undefined;
  const last = beginning.lastRound ?? round;
  const text = momentText({ ...shown, position, last, isWhole, exchanges: null, nodes });
  const run = beginning.place?.run ?? 1;
  return (
    <div class="run-screen">
      <div class="run-main">
        <p class="moment">
          <b>
            run {count(run)}, {text}
          </b>
        </p>
        <div class="run-graph">
          <GraphView picture={picture} paint={paint} label={`The graph ${picture.name}: ${text}`} />
        </div>
        <ValueLegend scale={scale} final={final} isMean={isMean} />
        <Curve
          rounds={rounds}
          known={history}
          isMean={isMean}
          round={round}
          fileName={`${picture.name} live`}
        />
        <ValueTable
          names={picture.names}
          values={values}
          ringed={paint.ringed}
          steps={null}
          position={position}
        />
      </div>
    </div>
  );
}
