import { isDeepStrictEqual } from 'node:util';
import type { Cluster, Job, Pod } from '../kubernetes/index.ts';
import { askProgress } from './ask-progress.ts';
import { fromPods } from './job-pods.ts';
import { type PlayProgress, parseEnding } from './runner-words.ts';

/** Asks runners and workers how far they are. */
export interface ProgressPolls {
  /** Asks the pods of this Job from now on; where it is done already, nothing changes. */
  follow(key: string, job: Job): void;
  forget(key: string): void;
  /** What they said last, together; null: nothing yet. */
  of(key: string): PlayProgress | null;
}

/** A pod: where it is asked, or, at its end, what it said. */
type Player = { readonly address: string } | { readonly message: string };

interface Followed {
  readonly job: Job;
  pods: readonly Player[];
  /** When the pods were listed, and are to be asked next. */
  listed: number;
  next: number;
  progress: PlayProgress | null;
}

/** Milliseconds between two questions, and for how many pods more it takes as long again. */
const PERIOD = 2000;
const PODS_A_PERIOD = 50;
/** Milliseconds after which pods are listed again though all answer. */
const LIST_AGAIN = 60_000;
const ASKED_AT_ONCE = 16;

/** Polls until the signal aborts; `onChange` is told of each key whose answer is another than before. */
export function createProgressPolls(
  cluster: Cluster,
  onChange: (key: string) => void,
  signal: AbortSignal,
): ProgressPolls {
  const followed = new Map<string, Followed>();
  let busy = false;

  async function tick(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      for (const [key, one] of [...followed]) {
        if (one.next > performance.now() || signal.aborted) continue;
        const before = one.progress;
        // What cannot be asked now is asked later.
        await ask(cluster, one).catch(() => {});
        if (followed.get(key) === one && !isDeepStrictEqual(before, one.progress)) onChange(key);
      }
    } finally {
      busy = false;
    }
  }

  const timer = setInterval(() => void tick(), PERIOD / 4);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });

  return {
    follow(key, job) {
      if (followed.get(key)?.job.metadata?.uid === job.metadata?.uid) return;
      followed.set(key, { job, pods: [], listed: -Infinity, next: 0, progress: null });
    },
    forget: (key) => void followed.delete(key),
    of: (key) => followed.get(key)?.progress ?? null,
  };
}

async function ask(cluster: Cluster, one: Followed): Promise<void> {
  const now = performance.now();
  one.next = now + PERIOD * Math.ceil(Math.max(1, one.pods.length) / PODS_A_PERIOD);
  if (now - one.listed > LIST_AGAIN) {
    one.pods = (await fromPods(cluster, one.job, playerOf)).filter((player) => player !== null);
    one.listed = now;
  }
  const answers: PlayProgress[] = [];
  for (let first = 0; first < one.pods.length; first += ASKED_AT_ONCE) {
    const some = await Promise.all(one.pods.slice(first, first + ASKED_AT_ONCE).map(progressOf));
    answers.push(...some.filter((answer) => answer !== null));
  }
  const places = one.job.spec?.completions ?? 1;
  // Who does not answer may have been replaced, or have ended.
  if (answers.length < places) one.listed = -Infinity;
  if (answers.length > 0) one.progress = together(answers);
}

function playerOf({ status = {} }: Pod): Player | null {
  const { phase, podIP, containerStatuses } = status;
  if (phase === 'Running' && podIP !== undefined) return { address: podIP };
  if (phase !== 'Succeeded') return null;
  return { message: containerStatuses?.[0]?.state?.terminated?.message ?? '' };
}

/** What a pod says: at its end, that it has played all of its runs. */
async function progressOf(player: Player): Promise<PlayProgress | null> {
  if ('address' in player) return askProgress(player.address);
  const ending = parseEnding(player.message);
  if (ending === null || 'error' in ending) return null;
  const { runs, folder } = ending;
  return { phase: 'playing', runsDone: runs, runs, folder };
}

function together(answers: readonly PlayProgress[]): PlayProgress {
  const sum = (of: (answer: PlayProgress) => number) => answers.map(of).reduce((a, b) => a + b, 0);
  return {
    phase: answers.find(({ phase }) => phase === 'playing')?.phase ?? answers[0].phase,
    runsDone: sum(({ runsDone }) => runsDone),
    runs: sum(({ runs }) => runs),
    folder: answers.find(({ folder }) => folder !== null)?.folder ?? null,
  };
}
