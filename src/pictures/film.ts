/** A frame of a film: what it shows, and how long. */
export interface Frame {
  /** The round it shows; 2.4 is on the way from round 2 to round 3. */
  readonly at: number;
  readonly milliseconds: number;
}

/** Runs of fewer rounds have frames between them. */
const FEW_ROUNDS = 10;
const FRAMES_BETWEEN = 4;
/** A film of more rounds shows as many of them, evenly chosen. */
const MOST_FRAMES = 100;

/**
 * The frames of a film of so many rounds: one for the start and one for each round. Under 10 rounds there are 4 more
 * between any two, so 5 * rounds + 1 in all; over 99 rounds some are left out, so 100 in all, the first and the last
 * among them.
 */
export function filmOf(rounds: number): Frame[] {
  const frames: Frame[] = [];
  if (rounds < FEW_ROUNDS) {
    const steps = FRAMES_BETWEEN + 1;
    for (let step = 0; step <= rounds * steps; step++) {
      frames.push({ at: step / steps, milliseconds: step % steps === 0 ? 700 : 90 });
    }
  } else {
    for (const at of chosenRounds(rounds, MOST_FRAMES)) frames.push({ at, milliseconds: 400 });
  }
  frames.push({ ...frames.pop()!, milliseconds: 2000 });
  return frames;
}

/** At most `count` (2 or more) of the rounds 0..rounds, evenly chosen, the first and the last among them. */
export function chosenRounds(rounds: number, count: number): number[] {
  const steps = Math.min(rounds, count - 1);
  return Array.from({ length: steps + 1 }, (_, step) => Math.round((step * rounds) / steps));
}

/** What a frame calls its round. */
export function titleOf(at: number, rounds: number): string {
  if (Number.isInteger(at)) return `round ${at} of ${rounds}`;
  return `round ${Math.floor(at)} to ${Math.ceil(at)} of ${rounds}`;
}

/** The values that a frame shows: those after its round, or on a straight way from one round's to the next one's. */
export function valuesAt(values: readonly Float64Array[], at: number): Float64Array {
  const before = values[Math.floor(at)];
  const after = values[Math.ceil(at)];
  const share = at - Math.floor(at);
  return before.map((value, node) => value * (1 - share) + after[node] * share);
}

/** The value that all nodes hold in the end; null where they end with different ones. */
export function finalOf(values: readonly Float64Array[]): number | null {
  const last = values[values.length - 1];
  return last.every((value) => value === last[0]) ? last[0] : null;
}

/** How many nodes hold the final value; empty where there is none. */
export function holdingText(values: Float64Array, final: number | null): string {
  if (final === null) return '';
  const holding = values.filter((value) => value === final).length;
  return `${holding} of ${values.length} nodes hold ${shortNumber(final)}`;
}

/** Four digits are enough to read in a picture. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}
