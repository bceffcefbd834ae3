import type { WatchEvent } from '../kubernetes/cluster.ts';
import type { Cluster, Kind, KubernetesObject, ObjectKey } from '../kubernetes/index.ts';

type Stored = KubernetesObject & { status?: unknown };

/** For tests: an API server's objects, in memory, with its owners' garbage collector; and what was asked of it. */
export interface ClusterFixture extends Cluster {
  /** "create Secret x", "apply Job y", "delete Service z", "status Simulation s", in order. */
  readonly changes: readonly string[];
  put(kind: Kind, object: KubernetesObject): void;
  setStatus(kind: Kind, name: string, status: object): void;
  names(kind: Kind): string[];
  find<T extends KubernetesObject>(kind: Kind<T>, name: string): T;
  /** What `apply` and `create` throw from now on for objects of a kind; null: nothing. */
  refuse(kind: Kind, error: Error | null): void;
}

/** A cluster of nothing but these. */
export function clusterFixture(): ClusterFixture {
  const objects = new Map<string, Stored>();
  const changes: string[] = [];
  const refused = new Map<string, Error>();
  const watchers = new Set<(kind: string, event: WatchEvent) => void>();
  let version = 0;

  const idOf = (kind: Kind, { namespace = '', name }: ObjectKey) =>
    `${kind.kind} ${namespace}/${name}`;
  const keyIn = ({ metadata = {} }: KubernetesObject): ObjectKey => ({
    namespace: metadata.namespace,
    name: metadata.name ?? '',
  });

  function store(kind: Kind, object: Stored): Stored {
    const id = idOf(kind, keyIn(object));
    const before = objects.get(id);
    const { metadata = {} } = object;
    const stored = {
      ...object,
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: {
        creationTimestamp: new Date().toISOString(),
        generation: 1,
        ...metadata,
        uid: before?.metadata?.uid ?? metadata.uid ?? `uid-${++version}`,
        resourceVersion: String(++version),
      },
    };
    objects.set(id, stored);
    tell(kind.kind, before === undefined ? 'ADDED' : 'MODIFIED', stored);
    return stored;
  }

  function tell(kind: string, type: WatchEvent['type'], object: KubernetesObject): void {
    for (const watcher of watchers) watcher(kind, { type, object });
  }

  function remove(id: string): boolean {
    const object = objects.get(id);
    if (object === undefined) return false;
    objects.delete(id);
    tell(object.kind ?? '', 'DELETED', object);
    for (const [other, { metadata }] of [...objects])
      if (metadata?.ownerReferences?.some(({ uid }) => uid === object.metadata?.uid)) remove(other);
    return true;
  }

  function selected(kind: Kind, namespace: string | null, labels: unknown): Stored[] {
    const wanted = Object.entries((labels ?? {}) as Record<string, string>);
    return [...objects.values()].filter(
      ({ kind: own, metadata = {} }) =>
        own === kind.kind &&
        (namespace === null || metadata.namespace === namespace) &&
        wanted.every(([label, value]) => metadata.labels?.[label] === value),
    );
  }

  function admit(kind: Kind): void {
    const error = refused.get(kind.kind);
    if (error !== undefined) throw error;
  }

  const fixture: Omit<ClusterFixture, keyof Cluster> & Record<string, unknown> = {
    server: 'http://test',
    namespace: 'n',
    requests: [],
    changes,
    put: store,
    setStatus(kind: Kind, name: string, status: object) {
      store(kind, { ...fixture.find(kind, name), status } as Stored);
    },
    names: (kind: Kind) => selected(kind, null, {}).map(({ metadata }) => metadata?.name ?? ''),
    find<T extends KubernetesObject>(kind: Kind<T>, name: string): T {
      const found = selected(kind, null, {}).find(({ metadata }) => metadata?.name === name);
      if (found === undefined) throw new Error(`there is no ${kind.kind} ${name}`);
      return found as T;
    },
    refuse(kind: Kind, error: Error | null) {
      if (error === null) refused.delete(kind.kind);
      else refused.set(kind.kind, error);
    },
    close() {},
    get: async (kind: Kind, key: ObjectKey) => objects.get(idOf(kind, key)) ?? null,
    async list(kind: Kind, namespace: string | null, { labels }: { labels?: unknown } = {}) {
      return { items: selected(kind, namespace, labels), resourceVersion: String(version) };
    },
    async listMetadata(
      kind: Kind,
      namespace: string | null,
      { labels }: { labels?: unknown } = {},
    ) {
      return { items: selected(kind, namespace, labels), resourceVersion: String(version) };
    },
    async create(kind: Kind, object: KubernetesObject) {
      admit(kind);
      if (objects.has(idOf(kind, keyIn(object)))) return null;
      changes.push(`create ${kind.kind} ${object.metadata?.name}`);
      return store(kind, object);
    },
    async apply(kind: Kind, object: KubernetesObject) {
      admit(kind);
      changes.push(`apply ${kind.kind} ${object.metadata?.name}`);
      const before = objects.get(idOf(kind, keyIn(object)));
      return store(kind, {
        ...object,
        ...(before?.status !== undefined && { status: before.status }),
      });
    },
    async update(kind: Kind, object: KubernetesObject) {
      const before = objects.get(idOf(kind, keyIn(object)));
      if (before?.metadata?.resourceVersion !== object.metadata?.resourceVersion) return null;
      changes.push(`update ${kind.kind} ${object.metadata?.name}`);
      return store(kind, object);
    },
    async patchStatus(
      kind: Kind,
      key: ObjectKey & { resourceVersion?: string; uid?: string },
      status: object,
    ) {
      const before = objects.get(idOf(kind, key));
      if (before === undefined || before.metadata?.uid !== key.uid) return null;
      if (before.metadata?.resourceVersion !== key.resourceVersion) return null;
      changes.push(`status ${kind.kind} ${key.name}`);
      return store(kind, { ...before, status });
    },
    async delete(kind: Kind, key: ObjectKey) {
      const was = remove(idOf(kind, key));
      if (was) changes.push(`delete ${kind.kind} ${key.name}`);
      return was;
    },
    async *watch(kind: Kind, namespace: string | null, { signal }: { signal?: AbortSignal }) {
      const events: WatchEvent[] = [];
      let wake = () => {};
      const watcher = (own: string, event: WatchEvent) => {
        const isMeant = namespace === null || event.object.metadata?.namespace === namespace;
        if (own !== kind.kind || !isMeant) return;
        events.push(event);
        wake();
      };
      watchers.add(watcher);
      signal?.addEventListener('abort', () => wake());
      while (!signal?.aborted) {
        while (events.length > 0) yield events.shift()!;
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        if (events.length === 0 && !signal?.aborted) await promise;
      }
      watchers.delete(watcher);
    },
  };
  return fixture as unknown as ClusterFixture;
}
