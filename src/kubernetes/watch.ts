import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import type { Kind, KubernetesObject } from './kinds.ts';
import { KubernetesError } from './kubernetes-error.ts';
import { resourceOf } from './paths.ts';

/** How long a watch waits for what; all in milliseconds. */
export interface WatchTiming {
  /** How long one stream lasts at most. */
  readonly stream: number;
  /** How long after the last list everything is listed again, though nothing is known to be missing. */
  readonly resync: number;
  /** The pause after a first failure, which doubles until it is the longest. */
  readonly firstPause: number;
  readonly longestPause: number;
}

export interface WatchAllOptions<T> {
  /** Null: those of all namespaces. */
  readonly namespaces: readonly string[] | null;
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Told of each object that came, changed (also: was made again under its name) or went (null), and at each resync of
   * all that are there. Must not throw.
   */
  readonly onChange: (key: string, object: T | null) => void;
  /** Told once when the watch no longer works, and why; and once when it works again. */
  readonly notice?: (text: string) => void;
  readonly signal: AbortSignal;
  readonly timing?: Partial<WatchTiming>;
}

const TIMING: WatchTiming = {
  stream: 150_000,
  resync: 600_000,
  firstPause: 200,
  longestPause: 10_000,
};

/** What is known of the objects. */
export interface Watched<T> {
  /** By `namespace/name`; without `metadata.managedFields`. */
  readonly objects: ReadonlyMap<string, T>;
  /** Resolves when all have been listed once; rejects with the signal's reason where that comes first. */
  readonly synced: Promise<void>;
  /** Resolves, after the signal, when nothing is under way any more. */
  readonly ended: Promise<void>;
}

/** The key of an object in a watch's cache, and in a work queue: `namespace/name`. */
export function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name}`;
}

/**
 * Knows all objects of a kind, and tells of their changes, until the signal aborts: lists them, then watches from there;
 * lists again where a stream ended before its time, the server forgot the version (410), or all is due for a resync.
 */
export function watchAll<T extends KubernetesObject>(
  cluster: Cluster,
  kind: Kind<T>,
  { namespaces, labels, onChange, notice = () => {}, signal, ...options }: WatchAllOptions<T>,
): Watched<T> {
  const timing = { ...TIMING, ...options.timing };
  const objects = new Map<string, T>();
  let away = false;

  function set(object: T): void {
    objects.set(keyOf(object), object);
    onChange(keyOf(object), object);
  }

  function remove(key: string): void {
    if (objects.delete(key)) onChange(key, null);
  }

  /** Lists one namespace, or all. Gives the version to watch from. */
  async function list(namespace: string | null, tellAll: boolean): Promise<string> {
    // What fails is repeated here, with the pauses of the watch.
    const selection = { labels, signal, patience: 0 };
    const { items, resourceVersion } = await cluster.list(kind, namespace, selection);
    const there = new Set(items.map(keyOf));
    for (const key of [...objects.keys()])
      if ((namespace === null || key.startsWith(`${namespace}/`)) && !there.has(key)) remove(key);
    for (const item of items) {
      const before = objects.get(keyOf(item))?.metadata?.resourceVersion;
      if (tellAll || item.metadata?.resourceVersion !== before) set(item);
    }
    return resourceVersion;
  }

  /** Follows the changes since a version, until a resync is due (true) or a stream ends before its time (false). */
  async function follow(namespace: string | null, since: string): Promise<boolean> {
    const due = performance.now() + jittered(timing.resync);
    for (let resourceVersion = since; ; ) {
      const seconds = Math.ceil(jittered(timing.stream) / 1000);
      const begin = performance.now();
      const watch = { labels, resourceVersion, seconds, signal };
      for await (const { type, object } of cluster.watch(kind, namespace, watch)) {
        resourceVersion = object.metadata?.resourceVersion ?? resourceVersion;
        if (type === 'DELETED') remove(keyOf(object));
        else if (type !== 'BOOKMARK') set(object as T);
      }
      if (performance.now() >= due) return true;
      if (performance.now() - begin < seconds * 900) return false;
    }
  }

  async function keep(namespace: string | null, listed: () => void): Promise<void> {
    let resync = false;
    let pause = timing.firstPause;
    while (!signal.aborted) {
      const begin = performance.now();
      try {
        const version = await list(namespace, resync);
        listed();
        if (away) notice(`the watch of ${resourceOf(kind)} works again`);
        away = false;
        resync = await follow(namespace, version);
      } catch (error) {
        resync = false;
        if (signal.aborted) return;
        const forgotten = error instanceof KubernetesError && error.status === 410;
        if (!away && !forgotten) notice(`${(error as Error).message}; trying again …`);
        away ||= !forgotten;
      }
      if (performance.now() - begin > timing.longestPause) pause = timing.firstPause;
      if (!resync) await sleep(jittered(pause), undefined, { signal }).catch(() => {});
      pause = Math.min(2 * pause, timing.longestPause);
    }
  }

  const first = (namespaces ?? [null]).map((namespace) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    return { listed: promise, ended: keep(namespace, resolve) };
  });
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  const synced = Promise.race([Promise.all(first.map(({ listed }) => listed)), aborted]).then(
    () => {},
  );
  // Whoever waits for it is told; nobody needs to.
  synced.catch(() => {});
  return { objects, synced, ended: Promise.all(first.map(({ ended }) => ended)).then(() => {}) };
}

/** Between 3 and 5 quarters of it: many that began together should not come again together. */
function jittered(milliseconds: number): number {
  return milliseconds * (0.75 + Math.random() / 2);
}
