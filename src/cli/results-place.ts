import type { Command } from 'commander';
import { inputError } from '../errors.ts';
import {
  findSimulations,
  openResults,
  type Place,
  type StoredSimulation,
  type Wanted,
} from '../results/index.ts';
import { openStorage } from '../storage/index.ts';
import { exitCodeOf, onSignals } from './interruption.ts';

/** Options that choose among simulations. */
export interface ChoiceFlags {
  readonly simulation?: readonly string[];
  readonly algorithm?: readonly string[];
}

/** Adds the options that choose among simulations. */
export function choiceOptions(command: Command): Command {
  const list = (text: string) => text.split(',');
  return command
    .option('--simulation <a,b,…>', 'only simulations of these names (or folders)', list)
    .option('--algorithm <a,b,…>', 'only these algorithms', list);
}

/** What of a place is wanted. */
export function wantedOf({ folder }: Place, { simulation, algorithm }: ChoiceFlags): Wanted {
  return { folder, simulations: simulation ?? null, algorithms: algorithm ?? null };
}

/** Opens what somebody named. */
export function openPlace(where: string, signal: AbortSignal): Promise<Place> {
  return openResults(where, (name) => openStorage(name, process.env, { notice, signal }));
}

/** Does what Ctrl-C may end in an orderly way, and passes the exit code on. */
export async function interruptible(
  done: (code: number) => void,
  action: (signal: AbortSignal) => Promise<number>,
): Promise<void> {
  const interruption = onSignals();
  try {
    done(await action(interruption.signal));
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    console.error('gossip: interrupted');
    done(exitCodeOf(interruption.signal));
  } finally {
    interruption.stop();
  }
}

/** Says something on standard error. */
export function notice(text: string): void {
  console.error(`gossip: ${text}`);
}

/** Counts what cannot be read, and says it. */
export function problems() {
  const found = {
    count: 0,
    add({ message }: Error) {
      found.count++;
      notice(`passed over: ${message}`);
    },
  };
  return found;
}

/** That there is nothing of what was asked for. */
export function nothingThere({ storage, folder }: Place, flags: ChoiceFlags): Error {
  const place = folder === null ? storage.describe() : `${storage.describe()}/${folder}`;
  const { simulation, algorithm } = flags;
  if (simulation === undefined && algorithm === undefined) {
    return inputError(
      `there is no simulation in ${place}: name the folder or s3://bucket that --results named`,
    );
  }
  const names = simulation === undefined ? '' : ` ${simulation.join(' or ')}`;
  const algorithms = algorithm === undefined ? '' : ` with ${algorithm.join(' or ')}`;
  return inputError(
    `there is no simulation${names}${algorithms} in ${place}; gossip results ${place} lists what is there`,
  );
}

/** The one simulation of a name, or of all. Throws GossipError `input` where there are none or several. */
export async function oneSimulation(
  place: Place,
  name: string | undefined,
): Promise<StoredSimulation> {
  const flags = name === undefined ? {} : { simulation: [name] };
  const found: StoredSimulation[] = [];
  const fail = (problem: Error) => {
    throw problem;
  };
  for await (const simulation of findSimulations(place.storage, wantedOf(place, flags), fail)) {
    found.push(simulation);
  }
  if (found.length === 1) return found[0];
  if (found.length === 0) throw nothingThere(place, flags);
  const folders = found.slice(0, 20).map(({ folder }) => folder);
  throw inputError(
    `there are ${found.length} simulations${name === undefined ? '' : ` of the name ${name}`} in ${place.storage.describe()}: name the folder of one: ${folders.join(', ')}${found.length > 20 ? ' …' : ''}`,
  );
}
