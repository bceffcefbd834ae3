import { inputError } from '../errors.ts';
import { gexfBytes } from '../pictures/limits.ts';
import {
  countRuns,
  createMeasurer,
  historyOf,
  type ProcessSettings,
  runSimulations,
  type SimulationPlan,
} from '../runner/index.ts';
import { timestamp } from '../runner/timestamp.ts';
import { openStorage } from '../storage/index.ts';
import { printAnswer } from './answer.ts';
import { askedFor } from './asked.ts';
import { DEFAULT_RESULTS } from './default-results.ts';
import { repetitionOf } from './from-manifest.ts';
import { exitCodeOf, onSignals } from './interruption.ts';
import { createProgress } from './progress.ts';
import { resumed } from './resume.ts';
import type { RunFlags } from './run-flags.ts';

const LARGE_OUTPUT = 1e9;
/** For the estimate of what histories take: bytes a value, and rounds a run. */
const BYTES_A_VALUE = 17;
const ROUNDS_A_RUN = 30;

/** How other processes play these plans; null: none do. */
export type ProcessesOf = (
  plans: readonly SimulationPlan[],
  notice: (text: string) => void,
) => ProcessSettings | null;

/** Plays what the flags of `gossip run` and `gossip runner` say and prints the answer; gives the exit code. */
export async function play(
  paths: readonly string[],
  flags: RunFlags,
  processesOf: ProcessesOf,
): Promise<number> {
  if (flags.from !== undefined && flags.resume)
    throw inputError('--resume goes without --from, which goes on with what is there by itself');
  const repeated = flags.from === undefined ? null : await repetitionOf(flags.from, paths, flags);
  const asked =
    repeated === null ? await askedFor(paths, flags) : [{ plan: repeated.plan, drawn: false }];
  const progress = createProgress(countRuns(asked.map(({ plan }) => plan)));
  const interruption = onSignals();
  let finished = 0;
  let found = 0;
  const sayOnce = new Set<string>();
  const notice = (text: string) => {
    if (!sayOnce.has(text)) progress.say(`gossip: ${text}`);
    sayOnce.add(text);
  };
  const results = flags.results ?? DEFAULT_RESULTS;
  let plans = asked.map(({ plan }) => plan);
  for (const { warnings } of plans) warnings.forEach(notice);
  warnOfSize(plans, flags, notice);
  const sample = repeated === null ? (flags.sample ?? null) : repeated.sample;
  try {
    const { signal } = interruption;
    const storage = await openStorage(results, process.env, { notice, signal });
    if (flags.resume) plans = await resumed(asked, storage);
    const simulations = await runSimulations(plans, {
      storage,
      measurer: createMeasurer({
        jobs: flags.jobs,
        exact: flags.exact === true || repeated !== null,
        sample,
        signal,
        notice,
      }),
      jobs: flags.jobs,
      processes: processesOf(plans, notice),
      history: repeated?.history ?? flags.history ?? null,
      sample,
      timestamp: repeated?.timestamp ?? timestamp(new Date()),
      signal,
      notice,
      onRun(_, played) {
        finished++;
        if (!played) found++;
        progress.step();
      },
    });
    progress.stop();
    if (found > 0)
      console.error(
        `gossip: ${found} of ${finished} runs were there already and were not played again`,
      );
    printAnswer(simulations, flags);
    const place = storage.describe();
    const folders = plans.map(({ folder }) => `${place}/${folder}`);
    console.error(`Results: ${folders.join(', ')}`);
    return 0;
  } catch (error) {
    progress.stop();
    if (interruption.signal.aborted) {
      console.error(
        `gossip: interrupted; ${finished} of ${countRuns(plans)} runs are finished and kept in ${results}. ${goingOn(plans)}`,
      );
      return exitCodeOf(interruption.signal);
    }
    if (finished > 0)
      console.error(
        `gossip: ${finished} of ${countRuns(plans)} runs are finished and kept in ${results}`,
      );
    throw error;
  } finally {
    interruption.stop();
  }
}

/** How to play what is missing. */
function goingOn(plans: readonly SimulationPlan[]): string {
  const seeds = new Set(plans.map(({ seed }) => seed));
  if (seeds.size === 1) return `The same command with --seed ${plans[0].seed} goes on from there.`;
  return 'gossip run --from <its manifest.json>, into the same --results, goes on with each simulation.';
}

function warnOfSize(
  plans: readonly SimulationPlan[],
  flags: RunFlags,
  notice: (text: string) => void,
): void {
  let histories = 0;
  let gexf = 0;
  for (const plan of plans) {
    for (const { source } of plan.graphs) {
      const rounds = ROUNDS_A_RUN * plan.executions.length * plan.spec.repetitions;
      if (historyOf(plan, flags.history ?? null) === 'rounds')
        histories += source.graph.nodeCount * BYTES_A_VALUE * rounds;
      if (plan.spec.visualize) gexf += gexfBytes(source.graph) * rounds;
    }
  }
  const say = (what: string, bytes: number, less: string) => {
    if (bytes < LARGE_OUTPUT) return;
    notice(
      `the ${what} will take about ${(bytes / 1e9).toFixed(1)} GB (if runs take ${ROUNDS_A_RUN} rounds); ${less}`,
    );
  };
  say('histories', histories, '--history changes or none takes less');
  say('GEXF files', gexf, '--visualize false writes none');
}
