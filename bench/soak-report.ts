/** What a process took at a moment, once its garbage was collected, in bytes. */
export interface AtRest {
  /** Its objects and buffers. */
  readonly heap: number;
  /** All of its own memory. */
  readonly own: number;
}

/** What is known of a process when it is over. */
export interface Course {
  readonly name: string;
  /** PSS as it came, in bytes, evenly over the time. */
  readonly memory: readonly number[];
  /** After a quarter of the time, after half of it, and in the end. */
  readonly atRest: readonly AtRest[];
  /** Descriptors before the first watcher came and after the last one has left. */
  readonly descriptors: readonly [number, number];
}

/** Garbage comes and goes: a peak that is higher than the one before by less than this share is no growth. */
const MOST_PEAK_GROWTH = 0.15;
/** At rest there is little of it; but what was freed outside the heap is not all given back to the system. */
const MOST_OWN_GROWTH = 0.1;
/** What is kept of each run, call or watcher makes more than so many bytes in half of the time. */
const MOST_HEAP_GROWTH = 2 ** 20;
const MB = 2 ** 20;
const COLUMNS = [
  ['process', 10],
  ['PSS MB, mean, peak: 1st half', 30],
  ['2nd half', 15],
  ['own at rest: 1/4', 18],
  ['1/2', 7],
  ['end', 7],
  ['heap: 1/4', 11],
  ['1/2', 7],
  ['end', 7],
  ['descriptors', 13],
  ['end', 5],
  ['', 10],
] as const;

/** Prints a table of all processes; whether what they take is flat. */
export function report(courses: readonly Course[]): boolean {
  print(COLUMNS.map(([name]) => name));
  const verdicts = courses.map(({ name, memory, atRest, descriptors }) => {
    const middle = memory.length / 2;
    const halves = [memory.slice(0, middle), memory.slice(middle)];
    const [early, late] = halves.map((half) => Math.max(...half));
    const [quarter, half, end] = atRest;
    const isFlat =
      late <= early * (1 + MOST_PEAK_GROWTH) &&
      end.own <= Math.max(quarter.own, half.own) * (1 + MOST_OWN_GROWTH) &&
      end.heap <= Math.max(quarter.heap, half.heap) + MOST_HEAP_GROWTH &&
      descriptors[1] <= descriptors[0];
    print([
      name,
      ...halves.map((half) => `${megabytes(mean(half))}, ${megabytes(Math.max(...half))}`),
      ...atRest.map((moment) => megabytes(moment.own)),
      ...atRest.map((moment) => megabytes(moment.heap)),
      ...descriptors,
      isFlat ? 'flat' : 'NOT FLAT',
    ]);
    return isFlat;
  });
  return !verdicts.includes(false);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function megabytes(bytes: number): string {
  return (bytes / MB).toFixed(1);
}

function print(cells: readonly (string | number)[]): void {
  console.log(cells.map((cell, index) => String(cell).padStart(COLUMNS[index][1])).join(''));
}
