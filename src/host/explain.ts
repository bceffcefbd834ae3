import type { Choice } from './choice.ts';
import { type Key, unit, word } from './random.ts';
import { LARGE_DEGREE, pickByAlias, pickByScan, REJECTIONS } from './sampling.ts';

/** How a pick came about. */
export interface Explanation {
  /** The random numbers that it took, in order, each in [0, 1). */
  readonly draws: readonly number[];
  readonly partner: number;
  /** In words, how the draws lead to the partner. */
  readonly derivation: string;
}

/** A pick to be explained. */
export interface Pick {
  readonly initiator: number;
  /** The weights that it went by, one a neighbor. */
  readonly weights: Float64Array;
  /** What names the turn's draws, and the round's key. */
  readonly counter: number;
  readonly key: Key;
}

/** Picks again as choice.ts does, and says how. @param nameOf what people call a node */
export function explainPick(
  choice: Choice,
  pick: Pick,
  nameOf: (node: number) => string,
): Explanation {
  const { offsets, neighbors, tables, memory } = choice;
  const { initiator, weights, counter, key } = pick;
  const { k0, k1 } = key;
  const begin = offsets[initiator];
  const degree = offsets[initiator + 1] - begin;
  const draws: number[] = [];
  const steps: string[] = [];
  const name = (slot: number) => nameOf(neighbors[slot]);
  const place = (slot: number) => `place ${slot - begin} (${name(slot)})`;

  function draw(attempt: number): number {
    const drawn = unit(k0, k1, counter, attempt);
    draws.push(drawn);
    return drawn;
  }

  function uniform(): number {
    const drawn = word(k0, k1, counter, 0) * 2 ** -32;
    draws.push(drawn);
    const slot = begin + Math.floor(drawn * degree);
    steps.push(`${drawn} x ${degree} neighbors = ${drawn * degree}: ${place(slot)}`);
    return slot;
  }

  function alias(attempt: number): number {
    const drawn = draw(attempt);
    const scaled = drawn * degree;
    const column = begin + Math.floor(scaled);
    const rest = scaled - Math.floor(scaled);
    const keep = tables!.keep[column];
    const slot = pickByAlias(tables!, begin, degree, drawn);
    const share = `${drawn} x ${degree} neighbors = ${scaled}: ${place(column)} of the alias table, where ${rest}`;
    steps.push(
      rest < keep
        ? `${share} is below ${keep}, its own part`
        : `${share} is not below ${keep}, which leads to ${place(slot)}`,
    );
    return slot;
  }

  function scan(attempt: number): number {
    const drawn = draw(attempt);
    const slot = begin + pickByScan(weights, 0, degree, drawn);
    let sum = 0;
    for (const weight of weights) sum += weight;
    steps.push(
      sum > 0
        ? `${drawn} x ${sum}, the sum of the weights, = ${drawn * sum}: the running sum passes it at ${place(slot)}`
        : `all weights are 0, so any neighbor: ${drawn} x ${degree} = ${drawn * degree}: ${place(slot)}`,
    );
    return slot;
  }

  function reject(): number {
    for (let attempt = 0; attempt < REJECTIONS; attempt++) {
      const slot = alias(2 * attempt);
      const drawn = draw(2 * attempt + 1);
      const start = memory!.start[slot];
      const weight = weights[slot - begin];
      const taken = drawn * start < weight;
      steps.push(
        `${drawn} x its start weight ${start} is ${taken ? '' : 'not '}below its weight ${weight}: ${taken ? 'taken' : 'again'}`,
      );
      if (taken) return slot;
    }
    return scan(2 * REJECTIONS);
  }

  let slot: number;
  if (memory === null) slot = tables === null ? uniform() : alias(0);
  else slot = tables !== null && degree >= LARGE_DEGREE ? reject() : scan(0);
  return { draws, partner: neighbors[slot], derivation: steps.join('; ') };
}
