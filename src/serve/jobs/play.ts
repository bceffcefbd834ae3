import { GossipError } from '../../errors.ts';
import type { GraphSource } from '../../graph/index.ts';
import {
  createMeasurer,
  type HistoryKind,
  planOn,
  runSimulations,
  type SimulationSource,
} from '../../runner/index.ts';
import { openStorage, type RunRow } from '../../storage/index.ts';
import { openStrategies } from '../../strategies/index.ts';
import { createRoundsShown, type ShownNews } from './rounds-shown.ts';

/** A simulation to play, for the thread that plays it. */
export interface PlayRequest {
  /** As openStorage takes it, with the variables that it reads. */
  readonly results: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly strategies: readonly string[];
  readonly simulation: SimulationSource;
  readonly seed: number;
  readonly graphs: readonly GraphSource[];
  readonly history: HistoryKind | null;
  /** For manifests. */
  readonly timestamp: string;
  /** Threads that measure graphs. */
  readonly jobs: number;
  /** In shared memory: see rounds-shown.ts. */
  readonly counters: Int32Array;
}

/** What the thread tells while it plays. */
export type PlayNews =
  | ShownNews
  | { readonly kind: 'measured' }
  | { readonly kind: 'notice'; readonly text: string }
  /** Runs that are over. */
  | { readonly kind: 'rows'; readonly rows: readonly RunRow[] }
  /** The last news. */
  | ({ readonly kind: 'over' } & Ending);

/** How playing ended. */
export interface Ending {
  readonly state: 'finished' | 'canceled' | 'failed';
  /** Why it failed, for people. */
  readonly problem: string;
  /** The same for whoever mends programs; empty: that is all. */
  readonly detail: string;
  /** Of the thread, from when it began to play; 0: not known. */
  readonly cpuSeconds: number;
}

type Post = (news: PlayNews, transfer?: ArrayBuffer[]) => void;

/** How long rows wait for others to be posted with them, in milliseconds. */
const ROWS_WAIT = 200;

/** Plays a simulation as `gossip run` does, one run after the other in this thread, and tells how it goes and ended. */
export async function play(request: PlayRequest, post: Post, signal: AbortSignal): Promise<void> {
  const before = cpuSeconds();
  const ending = await playAll(request, post, signal);
  post({ kind: 'over', ...ending, cpuSeconds: cpuSeconds() - before });
}

async function playAll(
  request: PlayRequest,
  post: Post,
  signal: AbortSignal,
): Promise<Omit<Ending, 'cpuSeconds'>> {
  const { simulation, graphs, seed, results, environment, jobs, history, timestamp } = request;
  const rows = createRows((rows) => post({ kind: 'rows', rows }));
  const notice = (text: string) => post({ kind: 'notice', text });
  try {
    // Not the plan itself: a strategy's functions do not go to another thread.
    const plan = await planOn(simulation, graphs, openStrategies(request.strategies), seed);
    await runSimulations([plan], {
      storage: await openStorage(results, environment, { notice, signal }),
      measurer: createMeasurer({ jobs, exact: false, sample: null, signal, notice }),
      jobs: 1,
      processes: null,
      history,
      sample: null,
      timestamp,
      signal,
      notice,
      onRun: rows.add,
      onMeasured: () => post({ kind: 'measured' }),
      watch: createRoundsShown(request.counters, post),
    });
    return { state: 'finished', problem: '', detail: '' };
  } catch (error) {
    if (signal.aborted) return { state: 'canceled', problem: '', detail: '' };
    return failureOf(error);
  } finally {
    rows.flush();
  }
}

/** How playing ended that failed with this. */
export function failureOf(error: unknown): Omit<Ending, 'cpuSeconds'> {
  const state = 'failed';
  if (error instanceof GossipError) return { state, problem: error.message, detail: '' };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { state, problem: 'it failed for a reason that the log of this server has', detail };
}

/** Collects rows and hands on those that have come together. */
function createRows(post: (rows: readonly RunRow[]) => void) {
  let waiting: RunRow[] = [];
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length > 0) post(waiting);
    waiting = [];
  }
  return {
    add(row: RunRow): void {
      waiting.push(row);
      if (timer === undefined) {
        timer = setTimeout(flush, ROWS_WAIT);
        due = performance.now() + ROWS_WAIT;
      } else if (performance.now() >= due) {
        // Long runs let no timer come to its turn.
        flush();
      }
    },
    flush,
  };
}

/** Deno does not know a thread's. */
function cpuSeconds(): number {
  if (typeof process.threadCpuUsage !== 'function') return 0;
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}
