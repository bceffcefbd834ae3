import { playSeedNodes, readSeedEnvironment } from '../runner/index.ts';
import { timestamp } from '../runner/timestamp.ts';
import { mean } from '../statistics/index.ts';
import { openStorage, type RunRow, runsCsv } from '../storage/index.ts';
import { exitCodeOf, onSignals } from './interruption.ts';
import { createProgress } from './progress.ts';

/** What the command line adds to the seed's environment. */
export interface SeedFlags {
  readonly results: string;
  readonly maxRounds: number | null;
  readonly port: number;
  readonly format: 'table' | 'json' | 'csv';
}

/** Plays what the environment of the seed's runner says and prints how many rounds it took; gives the exit code. */
export async function playSeed({ results, format, ...flags }: SeedFlags): Promise<number> {
  const environment = readSeedEnvironment(process.env);
  const { variables, executions, folder } = environment;
  const total = executions.length * variables.REPETITIONS;
  const progress = createProgress(total);
  const interruption = onSignals();
  const notice = (text: string) => progress.say(`gossip: ${text}`);
  let finished = 0;
  try {
    const { signal } = interruption;
    const storage = await openStorage(results, process.env, { notice, signal });
    const rows = await playSeedNodes(environment, {
      ...flags,
      storage,
      timestamp: timestamp(new Date()),
      signal,
      notice,
      onRun() {
        finished++;
        progress.step();
      },
    });
    progress.stop();
    if (format === 'csv') process.stdout.write(runsCsv(rows));
    else if (format === 'json') console.log(JSON.stringify(rows, null, 2));
    else for (const line of linesOf(rows, variables.REPETITIONS)) console.log(line);
    console.error(`Results: ${storage.describe()}/${folder}`);
    return 0;
  } catch (error) {
    progress.stop();
    const what = `${finished} of ${total} runs are finished and kept in ${results}`;
    if (interruption.signal.aborted) {
      console.error(`gossip: interrupted; ${what}`);
      return exitCodeOf(interruption.signal);
    }
    if (finished > 0) console.error(`gossip: ${what}`);
    throw error;
  } finally {
    interruption.stop();
  }
}

/** A line an execution: its graph, algorithm, parameters, and the mean of its rounds. */
function* linesOf(rows: readonly RunRow[], repetitions: number): Generator<string> {
  for (let first = 0; first < rows.length; first += repetitions) {
    const runs = rows.slice(first, first + repetitions);
    const { graph, algorithm, factor, prior_partner_factor, weighting_param_a } = runs[0];
    const parameters = Object.entries({ factor, prior_partner_factor, weighting_param_a })
      .filter(([, value]) => value !== null)
      .map(([name, value]) => ` ${name}=${value}`);
    const rounds = mean(runs.map(({ num_rounds }) => num_rounds));
    const lost = runs.filter(({ converged }) => !converged).length;
    const note = lost === 0 ? '' : `, ${lost} not converged`;
    yield `${graph} ${algorithm}${parameters.join('')}: ${Number(rounds.toFixed(2))} rounds (${runs.length} ${runs.length === 1 ? 'run' : 'runs'}${note})`;
  }
}
