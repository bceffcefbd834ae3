import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, EVENT, type Event, type KubernetesObject } from '../kubernetes/index.ts';

/** What happened to an object. */
export interface Happening {
  /** Warning: somebody should look. */
  readonly type: 'Normal' | 'Warning';
  /** One word in CamelCase, such as a condition's reason. */
  readonly reason: string;
  /** In words; cut where it is too long for an Event. */
  readonly message: string;
}

/** Writes Events, which `kubectl describe` and `kubectl get events` show. */
export interface Recorder {
  /**
   * Soon, and never throws; the same happening again is counted in its Event. Where there are too many, the newest are
   * left out. The object needs its apiVersion, kind and metadata.
   */
  record(object: KubernetesObject, happening: Happening): void;
  /** Resolves when all that was recorded is written, or cannot be. */
  flush(): Promise<void>;
}

export interface RecorderOptions {
  readonly cluster: Cluster;
  /** Who writes, such as gossip-operator; and which one of these, such as the pod's name. */
  readonly component: string;
  readonly instance: string;
  /** Told why an Event could not be written. */
  readonly notice?: (text: string) => void;
  /** The least time between two requests, in milliseconds. */
  readonly pause?: number;
  /** The least time between two writings of the same Event, whose count has grown, in milliseconds. */
  readonly repeatPause?: number;
}

/** An Event that was recorded in this process. */
interface Recorded {
  event: Event;
  /** When it was written last, in milliseconds of this process's clock. */
  written: number;
}

/** The API's own limit, in bytes, and room for a sign that it was cut. */
const LONGEST_MESSAGE = 1000;
const LONGEST_NAME = 200;
/** Events that may wait, and that are remembered to be counted. */
const MOST_WAITING = 200;
const MOST_REMEMBERED = 1000;
/** How long the writing of one is tried, in milliseconds. */
const PATIENCE = 10_000;

/** A recorder that writes one Event after the other. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { cluster, component, instance, notice = () => {} } = options;
  const { pause = 100, repeatPause = 10_000 } = options;
  // Of an earlier process's Events the counts are not known: ours have other names.
  const begun = `${instance} ${Date.now()} ${Math.random()}`;
  const remembered = new Map<string, Recorded>();
  const waiting = new Set<string>();
  let writing: Promise<void> | null = null;
  let hurry = false;

  function record(object: KubernetesObject, { type, reason, message }: Happening): void {
    const { name: about = '', namespace = 'default', uid } = object.metadata ?? {};
    const text = cut(message);
    const hash = createHash('sha256').update(
      JSON.stringify([begun, object.kind, namespace, about, uid, type, reason, text]),
    );
    const name = `${about.slice(0, LONGEST_NAME)}.${hash.digest('hex').slice(0, 16)}`;
    const now = new Date().toISOString().replace(/\.\d+/, '');
    const before = remembered.get(name);
    if (before === undefined && waiting.size >= MOST_WAITING) return;
    const { apiVersion, kind } = object;
    const event: Event = {
      metadata: { name, namespace },
      involvedObject: { apiVersion, kind, name: about, namespace: object.metadata?.namespace, uid },
      type,
      reason,
      message: text,
      source: { component },
      reportingComponent: component,
      reportingInstance: instance,
      firstTimestamp: before?.event.firstTimestamp ?? now,
      lastTimestamp: now,
      count: (before?.event.count ?? 0) + 1,
    };
    // The one recorded last is forgotten last.
    remembered.delete(name);
    remembered.set(name, { event, written: before?.written ?? -Infinity });
    for (const oldest of remembered.keys()) {
      if (remembered.size <= MOST_REMEMBERED) break;
      if (!waiting.has(oldest)) remembered.delete(oldest);
    }
    waiting.add(name);
    writing ??= write().finally(() => {
      writing = null;
    });
  }

  /** One after the other, until none waits. An Event that was written a moment ago waits for more to count. */
  async function write(): Promise<void> {
    // What is recorded in one go is counted before it is written.
    await null;
    for (; waiting.size > 0; await sleep(hurry ? 0 : pause)) {
      const now = performance.now();
      const isDue = (name: string) => hurry || remembered.get(name)!.written + repeatPause <= now;
      const name = waiting.values().find(isDue);
      if (name === undefined) continue;
      waiting.delete(name);
      const recorded = remembered.get(name)!;
      recorded.written = now;
      try {
        await cluster.apply(EVENT, recorded.event, { patience: hurry ? 0 : PATIENCE });
      } catch (error) {
        notice(`an event is not recorded: ${(error as Error).message}`);
        if (hurry) waiting.clear();
      }
    }
  }

  return {
    record,
    async flush() {
      hurry = true;
      await writing;
      hurry = false;
    },
  };
}

/** No longer than an Event's message may be. */
function cut(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= LONGEST_MESSAGE) return text;
  // A character that is cut in the middle becomes one that says so.
  return `${bytes
    .subarray(0, LONGEST_MESSAGE)
    .toString()
    .replace(/\uFFFD$/, '')} …`;
}
