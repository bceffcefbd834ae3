/** Runs by the rounds that they took. */
export interface Rounds {
  readonly rounds: readonly number[];
  /** Parallel: whether a run ended by itself; one that did not would have taken longer. */
  readonly converged: readonly boolean[];
}

/** One run, or several where there is no room for each. */
export interface Dot {
  /** Where its heap stands: the middle of the rounds that it is of. */
  readonly at: number;
  /** How far it is from there, in dots. */
  readonly across: number;
  /** How many dots are below it. */
  readonly level: number;
  readonly converged: boolean;
  /** The indexes of the runs that it stands for. */
  readonly runs: readonly number[];
}

/** How much room there is for dots. */
export interface DotsRoom {
  /** How many rounds a heap is of, a whole number. */
  readonly step: number;
  /** How many dots fit into the width of a heap. */
  readonly widest: number;
  /** How many fit above one another, and, where they may overlap, at most. */
  readonly comfortable: number;
  readonly highest: number;
  /** How many of a row's there may be. */
  readonly dots: number;
}

/** The dots of a row. */
export interface Dots {
  readonly dots: readonly Dot[];
  /** For how many runs a dot stands at most. */
  readonly each: number;
}

/**
 * Dot plots of several rows (L. Wilkinson, Dot plots, The American Statistician 53, 1999; with heaps that are the same for
 * all rows, and as wide as they must be): runs in their order, those that did not converge on top.
 */
export function heapDots(rows: readonly Rounds[], room: DotsRoom): Dots[] {
  const heaps = rows.map((row) => heapsOf(row, room.step));
  const largest = Math.max(1, ...heaps.map(largestOf));
  const width = Math.min(Math.max(1, room.widest), Math.ceil(largest / room.comfortable));
  return rows.map(({ rounds }, index) => {
    const each = runsOfDot(largestOf(heaps[index]), rounds.length, width * room.highest, room.dots);
    return { each, dots: heaps[index].flatMap((heap) => dotsOf(heap, width, each)) };
  });
}

/** For how many runs a dot has to stand, so that the largest heap has no more than `most` dots, and all about `all`. */
function runsOfDot(largest: number, runs: number, most: number, all: number): number {
  if (largest <= most && runs <= all) return 1;
  // Of the two parts of a heap, each may need one dot more than its share.
  return Math.ceil(Math.max(largest / Math.max(1, most - 2), runs / all));
}

/** The indexes of the runs that took about as many rounds. */
interface Heap {
  readonly at: number;
  readonly ended: number[];
  readonly endless: number[];
}

function heapsOf({ rounds, converged }: Rounds, step: number): Heap[] {
  const heaps = new Map<number, Heap>();
  for (const [run, round] of rounds.entries()) {
    const place = Math.floor(round / step);
    const heap = heaps.get(place) ?? { at: place * step + (step - 1) / 2, ended: [], endless: [] };
    heaps.set(place, heap);
    (converged[run] ? heap.ended : heap.endless).push(run);
  }
  return [...heaps.values()];
}

function largestOf(heaps: readonly Heap[]): number {
  return Math.max(0, ...heaps.map(({ ended, endless }) => ended.length + endless.length));
}

function dotsOf({ at, ended, endless }: Heap, width: number, each: number): Dot[] {
  const parts = [
    ...inParts(ended, each).map((runs) => ({ runs, converged: true })),
    ...inParts(endless, each).map((runs) => ({ runs, converged: false })),
  ];
  return parts.map((dot, index) => {
    const level = Math.floor(index / width);
    const inLevel = Math.min(width, parts.length - level * width);
    return { ...dot, at, level, across: (index % width) - (inLevel - 1) / 2 };
  });
}

function inParts(runs: readonly number[], each: number): number[][] {
  return Array.from({ length: Math.ceil(runs.length / each) }, (_, part) =>
    runs.slice(part * each, (part + 1) * each),
  );
}
