/**
 * Replays published runs and says whether ours agree: `npm run published -- DIR`, DIR with runs.csv and graphs/. Exit
 * code 0: they agree, 1: they do not, 2: they could not be compared.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { integerFlag, wordFlag } from '../src/cli/flags.ts';
import { inputError } from '../src/errors.ts';
import { MAXIMUM_SEED, readResources } from '../src/runner/index.ts';
import { compare, LIMIT, UNUSUAL } from './published/compare.ts';
import { WRONG, type Wrong } from './published/replay.ts';
import { replayAll } from './published/replay-all.ts';
import { type Group, readGroups } from './published/runs.ts';
import { EXPLANATION, isJudged, type Row, table } from './published/table.ts';

interface Options {
  readonly repetitions: number;
  readonly seed: number;
  readonly jobs: number;
  readonly wrong?: Wrong;
}

/** So many groups may have a |z| of UNUSUAL or more. */
const MOST_UNUSUAL = 2;

const program = new Command('published')
  .description('Replays a folder of published runs and says whether ours agree')
  .exitOverride()
  .argument('<DIR>', 'a folder with runs.csv and graphs/')
  .option('--repetitions <N>', 'runs of ours a graph and group', integerFlag(2, 100_000), 20)
  .option('--seed <N>', 'seed of ours', integerFlag(0, MAXIMUM_SEED), 1)
  .option('--jobs <N>', 'worker threads', integerFlag(1, 1024), availableParallelism())
  .option('--wrong <NAME>', `an engine wrong on purpose: ${WRONG.join(', ')}`, wordFlag(WRONG))
  .action(async (directory: string, options: Options) => {
    process.exitCode = (await published(directory, options)) ? 0 : 1;
  });

await program.parseAsync().catch((error) => {
  process.exitCode = 2;
  // An error from a worker has kept its name, but not its class.
  if (error.name === 'GossipError') console.error(`published: ${error.message}`);
  else if (!(error instanceof CommanderError)) console.error(error);
  else if (error.exitCode === 0) process.exitCode = 0;
});

/** Whether they agree. */
async function published(directory: string, options: Options): Promise<boolean> {
  const began = performance.now();
  const { repetitions, seed, jobs, wrong = null } = options;
  const groups = await readGroups(join(directory, 'runs.csv'));
  const graphs = await readGraphs(join(directory, 'graphs'), groups);
  const engine = wrong === null ? '' : `, with an engine that is wrong on purpose: ${wrong}`;
  console.log(
    `${graphs.length} graphs, ${repetitions} repetitions of ours, seed ${seed}${engine}\n\n${EXPLANATION}\n`,
  );
  const tasks = graphs.map((source) => ({ source, groups, repetitions, seed, wrong }));
  const played = await replayAll(tasks, jobs);
  const rows = groups.map((group, index): Row => {
    const rounds = graphs.flatMap(({ name }, graph) => {
      const ofGraph = group.rounds.get(name);
      return ofGraph === undefined ? [] : [{ published: ofGraph, ours: played[graph].get(index)! }];
    });
    return { group, comparison: compare(rounds) };
  });
  console.log(table(rows));
  const seconds = (performance.now() - began) / 1000;
  console.log(`\n${seconds.toFixed(1)} s on ${jobs} threads.`);
  return verdict(rows);
}

async function readGraphs(folder: string, groups: readonly Group[]) {
  const { graphs } = await readResources([folder]);
  const names = new Set(graphs.map(({ name }) => name));
  const missing = groups
    .flatMap(({ rounds }) => [...rounds.keys()])
    .find((name) => !names.has(name));
  if (missing === undefined) return graphs;
  throw inputError(`${folder}: there is no graph ${missing}, of runs.csv`);
}

function verdict(rows: readonly Row[]): boolean {
  const judged = rows.filter(isJudged).map(({ comparison }) => comparison);
  if (judged.length === 0) throw inputError('no group can be judged: give each two graphs or more');
  console.log(`${judged.length} of ${rows.length} groups are judged.`);
  const agree = [
    within(
      'z',
      judged.map(({ z }) => z),
    ),
    within(
      'z of logs',
      judged.map(({ zOfLogs }) => zOfLogs),
    ),
  ].every(Boolean);
  within(
    't',
    judged.map(({ t }) => t),
  ); // for people only
  console.log(
    `Ours ${agree ? 'agree' : 'DO NOT AGREE'} with the published runs: |z| must be below ${LIMIT}, and ${UNUSUAL} or more in at most ${MOST_UNUSUAL} groups; the same for z of logs.`,
  );
  return agree;
}

function within(name: string, values: readonly number[]): boolean {
  const largest = Math.max(...values.map(Math.abs));
  const count = (limit: number) => values.filter((value) => !(Math.abs(value) < limit)).length;
  console.log(
    `|${name}|: largest ${largest.toFixed(2)}; ${UNUSUAL} or more in ${count(UNUSUAL)}, ${LIMIT} or more in ${count(LIMIT)} groups`,
  );
  return count(LIMIT) === 0 && count(UNUSUAL) <= MOST_UNUSUAL;
}
