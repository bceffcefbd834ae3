import { inputError } from '../../errors.ts';
import { roundsOf } from '../../results/index.ts';
import { changesKey, historyKey, type RunPlace, type Storage } from '../../storage/index.ts';
import { tooLarge } from './refusals.ts';

/** The rounds of a run as its objects have them. */
export interface StoredHistory {
  /** The nodes' numbers, ascending. */
  readonly numbers: readonly number[];
  /** The values of all nodes: those of the start, then those after each round. */
  readonly values: readonly Float64Array[];
}

/** Objects are parsed whole, and all else waits for it. */
const LARGEST = 64 * 2 ** 20;
/** Values that a history stands for, of 8 bytes each: a round in which nothing changes takes few bytes of an object. */
const MOST_VALUES = 2 ** 24;

/** Where the rounds of a run may be. */
export function historyKeys(place: RunPlace): string[] {
  return [historyKey(place), changesKey(place)];
}

/**
 * The history under the first of these keys that there is; null where there is none. Throws GossipError `input` where it
 * is not one, and ConnectError where it is too large to be read at once.
 */
export async function readStoredHistory(
  storage: Storage,
  keys: readonly string[],
): Promise<StoredHistory | null> {
  for (const key of keys) {
    const bytes = await storage.get(key);
    if (bytes === null) continue;
    if (bytes.length > LARGEST) {
      throw tooLarge(
        `${key} has ${bytes.length} bytes, and histories are read up to ${LARGEST}; this run can be shown only where it can be played again`,
      );
    }
    const place = `${storage.describe()}/${key}`;
    const rounds = roundsOf(key, new TextDecoder().decode(bytes));
    const nodes = Object.keys(rounds?.[0]?.nodes ?? {}).length;
    if (rounds !== null && rounds.length * nodes > MOST_VALUES) {
      throw tooLarge(
        `${key} has ${rounds.length} rounds of ${nodes} nodes, and histories are read up to ${MOST_VALUES} values; this run can be shown only where it can be played again`,
      );
    }
    return historyOf(rounds, place);
  }
  return null;
}

function historyOf(rounds: ReturnType<typeof roundsOf>, place: string): StoredHistory {
  const refuse = (why: string) => inputError(`${place} is not a history of a run: ${why}`);
  if (rounds === null || rounds.length === 0) throw refuse('it has no rounds');
  const numbers = Object.keys(rounds[0].nodes).map(Number);
  numbers.sort((a, b) => a - b);
  const nodes = new Map(numbers.map((number, node) => [`${number}`, node]));
  const now = new Float64Array(numbers.length).fill(Number.NaN);
  const values = rounds.map(({ round, nodes: held }, index) => {
    if (round !== index) throw refuse(`where round ${index} should be there is ${round}`);
    for (const [number, value] of Object.entries(held)) {
      const node = nodes.get(number);
      if (node === undefined || typeof value !== 'number') {
        throw refuse(`in round ${index}, node ${number.slice(0, 20)}`);
      }
      now[node] = value;
    }
    return now.slice();
  });
  return { numbers, values };
}
