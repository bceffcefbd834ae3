import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { inputError } from '../errors.ts';
import { deriveKey, seedWords, sequence } from '../host/random.ts';
import {
  type Difference,
  drawSample,
  findSimulations,
  type Place,
  runOfKey,
  type StoredRun,
} from '../results/index.ts';
import { playAgain } from '../results/play-again.ts';
import { openStrategies } from '../strategies/index.ts';
import { integerFlag } from './flags.ts';
import {
  type ChoiceFlags,
  choiceOptions,
  interruptible,
  nothingThere,
  notice,
  openPlace,
  problems,
  wantedOf,
} from './results-place.ts';
import { strategyDirectories } from './strategy-directories.ts';

interface VerifyFlags extends ChoiceFlags {
  readonly sample: number;
  readonly seed?: number;
  readonly strategies?: string;
  readonly jobs: number;
}

/** `gossip verify WHERE [PATH…]`: plays stored runs again, and says whether they are what they were. */
export function verifyCommand(done: (code: number) => void): Command {
  const command = new Command('verify')
    .description('play stored runs again, drawn at random, and compare them with what is stored')
    .argument('<where>', "a folder or s3://bucket[/prefix], or one simulation's folder in it")
    .argument('[path...]', 'files and folders with the graphs, where the results do not hold them');
  return choiceOptions(command)
    .option('--sample <n>', 'how many runs', integerFlag(1, 1e6), 20)
    .option('--seed <n>', 'which runs (drawn if absent)', integerFlag(0, Number.MAX_SAFE_INTEGER))
    .option('--strategies <dir>', 'a folder of your own strategies (also STRATEGY_DIR)')
    .option('--jobs <n>', 'threads, for betweenness', integerFlag(1, 1024), availableParallelism())
    .action((where: string, paths: string[], flags: VerifyFlags) =>
      interruptible(done, async (signal) =>
        verify(await openPlace(where, signal), paths, flags, signal),
      ),
    );
}

async function verify(
  place: Place,
  paths: readonly string[],
  flags: VerifyFlags,
  signal: AbortSignal,
): Promise<number> {
  const seed = flags.seed ?? crypto.getRandomValues(new Uint32Array(1))[0];
  const failed = problems();
  const runs = repeatable(place, flags, failed, signal);
  const sample = await drawSample(runs, flags.sample, sequence(deriveKey(seedWords(seed))));
  const { length } = sample.items;
  if (length === 0) {
    throw inputError(`there is no finished run in ${place.storage.describe()} to play again`);
  }
  if (flags.seed === undefined && length < sample.of) {
    notice(`${length} of ${sample.of} runs, drawn with --seed ${seed}`);
  }
  let equal = 0;
  const options = {
    ...{ paths, signal, notice, jobs: flags.jobs },
    strategies: openStrategies(strategyDirectories(flags.strategies)),
  };
  for await (const difference of playAgain(place.storage, sample.items, options)) {
    if (difference === null) equal++;
    else console.log(shown(difference));
  }
  console.log(`${equal} of ${length} equal`);
  return equal === length && failed.count === 0 ? 0 : 1;
}

/** The finished runs of simulations that have a manifest. */
async function* repeatable(
  place: Place,
  flags: ChoiceFlags,
  failed: ReturnType<typeof problems>,
  signal: AbortSignal,
): AsyncGenerator<StoredRun> {
  const { storage } = place;
  let there = false;
  let without = 0;
  for await (const simulation of findSimulations(storage, wantedOf(place, flags), failed.add)) {
    there = true;
    if (simulation.manifest === null) {
      without++;
      continue;
    }
    for await (const key of storage.list(`${simulation.folder}/_gossip/`)) {
      signal.throwIfAborted();
      const run = runOfKey(key);
      if (run !== null) yield run;
    }
  }
  if (!there && failed.count === 0) throw nothingThere(place, flags);
  if (without > 0) {
    notice(
      `${without} ${without === 1 ? 'simulation has' : 'simulations have'} no manifest and an unknown seed, and cannot be played again`,
    );
  }
}

function shown({ key, where, stored, played }: Difference): string {
  return `${[key, where].filter((part) => part !== '').join(', ')}: stored ${stored}, played ${played}`;
}
