import { type RunRow, type Storage, timingsCsvKey } from '../storage/index.ts';

const { compare } = new Intl.Collator('en', { numeric: true });

/** What it took to play a run on other processes. It is measured, so it differs each time; no result depends on it. */
export interface RunTiming {
  /** Processes that held the nodes. */
  readonly processes: number;
  readonly nodesPerHost: number;
  /** How many runs shared the processes, if there were so many left. */
  readonly runsAtOnce: number;
  /** From the beginning of the run to its end, in seconds; processes are there and configured before. */
  readonly wallSeconds: number;
  readonly exchangesPerSecond: number;
  /**
   * Under this many milliseconds half of the exchanges between hosts were answered, and 99 %; at most 9 % too large. A
   * partner answers when it is its turn. null: all partners were on the same host.
   */
  readonly latencyP50: number | null;
  readonly latencyP99: number | null;
  /** That hosts sent each other, not what TCP adds; with several runs at once only the sum over them is exact. */
  readonly bytes: number;
  /** Exchanges that were sent again; their sum as well. */
  readonly retries: number;
  /** How often the whole run was played again. */
  readonly replays: number;
}

/** Keeps the timings.csv of simulations. */
export interface Timings {
  /** A line for a run, in place of one that was there; `folder` is the simulation's. */
  add(folder: string, row: RunRow, timing: RunTiming): Promise<void>;
  /** Writes what has not been written yet. */
  flush(): Promise<void>;
}

const COLUMNS = [
  'graph',
  'execution',
  'run',
  'processes',
  'nodes_per_host',
  'runs_at_once',
  'wall_seconds',
  'exchanges_per_second',
  'latency_p50_ms',
  'latency_p99_ms',
  'bytes',
  'retries',
  'replays',
];
const HEADER = COLUMNS.join(',');
/** A file is written whole, so not after each of many short runs; in milliseconds. */
const PAUSE = 2000;

/** Timings in this storage. Lines of runs played before stay. */
export function createTimings(storage: Storage): Timings {
  /** By folder, then by the columns that name a run. */
  const files = new Map<string, Promise<Map<string, string>>>();
  const changed = new Set<string>();
  let written = Number.NEGATIVE_INFINITY;
  let writing: Promise<void> = Promise.resolve();

  function linesOf(folder: string): Promise<Map<string, string>> {
    let lines = files.get(folder);
    if (lines === undefined) {
      lines = storage.get(timingsCsvKey(folder)).then(parse);
      files.set(folder, lines);
    }
    return lines;
  }

  /** One after the other, as the last one has all lines. */
  function flush(): Promise<void> {
    written = performance.now();
    writing = writing.catch(() => {}).then(write);
    return writing;
  }

  async function write(): Promise<void> {
    for (const folder of changed) {
      // Runs that are played at once do not end in their order.
      const byRun = [...(await linesOf(folder))].sort(([a], [b]) => compare(a, b));
      const lines = [HEADER, ...byRun.map(([, line]) => line)];
      changed.delete(folder);
      await storage.put(timingsCsvKey(folder), `${lines.join('\n')}\n`, {
        contentType: 'text/csv',
      });
    }
  }

  return {
    async add(folder, row, timing) {
      const name = `${row.graph},${row.execution},${row.run}`;
      (await linesOf(folder)).set(name, `${name},${figures(timing).join(',')}`);
      changed.add(folder);
      if (performance.now() - written > PAUSE) await flush();
    },
    flush,
  };
}

/** The lines of a file by run; none where it is not one of ours. */
function parse(bytes: Uint8Array | null): Map<string, string> {
  const [header, ...lines] = new TextDecoder().decode(bytes ?? new Uint8Array(0)).split('\n');
  const whole = lines.filter((line) => line.split(',').length === COLUMNS.length);
  if (header !== HEADER) return new Map();
  return new Map(whole.map((line) => [line.split(',', 3).join(','), line]));
}

function figures(timing: RunTiming): string[] {
  const { processes, nodesPerHost, runsAtOnce, bytes, retries, replays } = timing;
  const milliseconds = (value: number | null) => (value === null ? '' : value.toFixed(3));
  return [
    String(processes),
    String(nodesPerHost),
    String(runsAtOnce),
    timing.wallSeconds.toFixed(6),
    timing.exchangesPerSecond.toFixed(0),
    milliseconds(timing.latencyP50),
    milliseconds(timing.latencyP99),
    String(bytes),
    String(retries),
    String(replays),
  ];
}
