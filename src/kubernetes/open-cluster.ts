import { createAsker } from './asking.ts';
import type {
  Cluster,
  Listed,
  ObjectKey,
  RequestOptions,
  Selection,
  WatchEvent,
} from './cluster.ts';
import type { Connection } from './connection.ts';
import type { Kind, KubernetesObject } from './kinds.ts';
import { type ApiStatus, KubernetesError, refusal } from './kubernetes-error.ts';
import { selectionQuery } from './paths.ts';
import { type Action, questionOf } from './question.ts';

export interface OpenOptions {
  /** Who owns the fields that `apply` sets; also who requests say that they come from. */
  readonly fieldManager: string;
  /** How long after a first failure another attempt is made, in milliseconds; default 30 s. */
  readonly patience?: number;
}

const PATIENCE = 30_000;
const PAGE = 500;
const APPLY = { 'Content-Type': 'application/apply-patch+yaml' };
const METADATA = {
  Accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
};

/** The API server that a connection leads to. Nothing is asked yet. */
export function openCluster(connection: Connection, options: OpenOptions): Cluster {
  const { server, namespace } = connection;
  const { fieldManager, patience = PATIENCE } = options;
  const asker = createAsker(connection, patience);
  // A field that the server does not know is an error: it would silently not be there.
  const strictly = { fieldManager, fieldValidation: 'Strict' };

  const ask = <T extends KubernetesObject>(
    kind: Kind<T>,
    action: Action,
    options?: RequestOptions,
  ) => asker.ask(questionOf(kind, action, fieldManager), options) as Promise<T>;

  /** All pages of a list. Where the server forgets it in between, it begins again. */
  async function list<T extends KubernetesObject>(
    kind: Kind,
    namespace: string | null,
    selection: Selection,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Listed<T>> {
    const key = { namespace: namespace ?? undefined };
    const query = { ...selectionQuery(selection), limit: selection.limit ?? PAGE };
    const page = (next?: string) => {
      const action = { verb: 'list', method: 'GET', key, headers } as const;
      const asked = ask(kind, { ...action, query: { ...query, continue: next } }, selection);
      return asked as Promise<Page<T>>;
    };
    for (let again = false; ; again = true) {
      try {
        const all: T[] = [];
        for (let next: string | undefined; ; ) {
          const { metadata, items } = await page(next);
          for (const item of items ?? []) all.push(slim(item, kind));
          next = metadata?.continue || undefined;
          if (next === undefined)
            return { items: all, resourceVersion: metadata?.resourceVersion ?? '' };
        }
      } catch (error) {
        if (again || !(error instanceof KubernetesError) || error.status !== 410) throw error;
      }
    }
  }

  return {
    server,
    namespace,
    requests: asker.requests,
    get: (kind, key, options) =>
      ask(kind, { verb: 'get', method: 'GET', key }, options).catch(nullAt(404)),
    list: (kind, namespace, selection = {}) => list(kind, namespace, selection),
    listMetadata: (kind, namespace, selection = {}) => list(kind, namespace, selection, METADATA),
    create(kind, object, options) {
      const body = complete(kind, object);
      const action = {
        verb: 'create',
        method: 'POST',
        key: keyIn(object),
        query: strictly,
      } as const;
      return ask(kind, { ...action, body }, options).catch(nullAt('AlreadyExists'));
    },
    apply(kind, object, options) {
      const query = { ...strictly, force: true };
      const action = { verb: 'patch', method: 'PATCH', key: keyIn(object), query } as const;
      return ask(kind, { ...action, headers: APPLY, body: complete(kind, object) }, options);
    },
    patchStatus(kind, key, status, options) {
      const body = complete(kind, { metadata: key, status });
      const query = { fieldManager, force: true };
      const action = { verb: 'patch', method: 'PATCH', key, subresource: 'status', query } as const;
      return ask(kind, { ...action, headers: APPLY, body }, options).catch(nullAt(404, 409));
    },
    update(kind, object, options) {
      const action = {
        verb: 'update',
        method: 'PUT',
        key: keyIn(object),
        query: strictly,
      } as const;
      return ask(kind, { ...action, body: complete(kind, object) }, options).catch(
        nullAt(404, 409),
      );
    },
    async delete(kind, key, { propagation = 'Background', gracePeriodSeconds, ...options } = {}) {
      const { uid, resourceVersion } = key;
      const preconditions = { uid, resourceVersion };
      const body = { propagationPolicy: propagation, gracePeriodSeconds, preconditions };
      const action = { verb: 'delete', method: 'DELETE', key, body } as const;
      const absent = uid === undefined && resourceVersion === undefined ? [404] : [404, 409];
      return (await ask(kind, action, options).catch(nullAt(...absent))) !== null;
    },
    async *watch(kind, namespace, { labels, fields, resourceVersion, seconds, signal }) {
      const key = { namespace: namespace ?? undefined };
      const query = {
        ...selectionQuery({ labels, fields }),
        resourceVersion,
        watch: true,
        allowWatchBookmarks: true,
        timeoutSeconds: seconds,
      };
      const question = questionOf(kind, { verb: 'watch', method: 'GET', key, query }, fieldManager);
      for await (const line of asker.stream(question, seconds, signal)) {
        const { type, object } = line as WatchEvent | { type: 'ERROR'; object: ApiStatus };
        if (type === 'ERROR')
          throw refusal({ ...question.attempted, server }, object.code ?? 0, object);
        yield { type, object: slim(object, kind) };
      }
    },
    close: connection.close,
  };
}

interface Page<T> {
  readonly metadata?: { readonly continue?: string; readonly resourceVersion?: string };
  /** Null where a list of metadata alone is empty. */
  readonly items?: readonly T[] | null;
}

/** What a list leaves out is there, and what nobody reads is not: it is half of a small object. */
function slim<T extends KubernetesObject>(object: T, { apiVersion, kind }: Kind): T {
  delete object.metadata?.managedFields;
  return Object.assign(object, { apiVersion, kind });
}

function complete(kind: Kind, object: object): object {
  return { apiVersion: kind.apiVersion, kind: kind.kind, ...object };
}

function keyIn({ metadata, kind = 'object' }: KubernetesObject): ObjectKey {
  if (!metadata?.name) throw new Error(`the ${kind} has no name`);
  return { name: metadata.name, namespace: metadata.namespace };
}

/** For a promise: null instead of an error of one of these statuses, or reasons. */
function nullAt(...expected: (number | string)[]): (error: unknown) => null {
  return (error) => {
    if (!(error instanceof KubernetesError)) throw error;
    if (expected.includes(error.status) || expected.includes(error.reason)) return null;
    throw error;
  };
}
