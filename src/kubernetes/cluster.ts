import type { Kind, KubernetesObject, Metadata } from './kinds.ts';

/** Which object of a kind. */
export interface ObjectKey {
  readonly name: string;
  /** Not of kinds that have none. */
  readonly namespace?: string;
}

/** An object's key that also says which one of that name, and at which version; where it is another, nothing is done. */
export interface ExactKey extends ObjectKey {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/** For a single request. */
export interface RequestOptions {
  /** Ends the request and its repeats; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** How long one attempt may take, in milliseconds. */
  readonly deadline?: number;
  /** How long after the first failure another attempt is made, in milliseconds; 0: there is one attempt. */
  readonly patience?: number;
}

/** Which objects of a kind. */
export interface Selection extends RequestOptions {
  /** Label selectors: text as of kubectl's `-l`, or labels that all are as given. */
  readonly labels?: string | Readonly<Record<string, string>>;
  /** Field selectors, such as `involvedObject.name=x`. */
  readonly fields?: string;
  /** Objects asked for at once; more than these are asked for page by page. Fewer where objects are large. */
  readonly limit?: number;
}

export interface Listed<T> {
  /** Without `metadata.managedFields`; each with its apiVersion and kind. */
  readonly items: T[];
  /** From where a watch goes on. */
  readonly resourceVersion: string;
}

export interface DeleteOptions extends RequestOptions {
  /** What becomes of objects that it owns; default: they are removed after it. */
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
  readonly gracePeriodSeconds?: number;
}

/** How many requests of a kind were answered how. */
export interface RequestCount {
  /** As RBAC names it: get, list, watch, create, update, patch, delete. */
  readonly verb: string;
  /** Such as `Job`, or `Simulation/status`. */
  readonly kind: string;
  /** HTTP's; 0 where there was no answer, or half of one. */
  readonly status: number;
  count: number;
}

/**
 * The API server. What is busy, failed or not reached is asked again for a while (`patience`), with growing pauses or
 * those that the server asks for. Everything throws KubernetesError, and the signal's reason.
 */
export interface Cluster {
  /** Its address, for messages. */
  readonly server: string;
  /** Where the one who asks is at home: the context's namespace, or the pod's. */
  readonly namespace: string;
  /** Since the beginning. */
  readonly requests: readonly RequestCount[];
  /** Null where it is not there. */
  get<T extends KubernetesObject>(
    kind: Kind<T>,
    key: ObjectKey,
    options?: RequestOptions,
  ): Promise<T | null>;
  /** All of a namespace, or of all (null), page by page. */
  list<T extends KubernetesObject>(
    kind: Kind<T>,
    namespace: string | null,
    selection?: Selection,
  ): Promise<Listed<T>>;
  /** Names, labels and so on alone, where objects are large. */
  listMetadata(
    kind: Kind,
    namespace: string | null,
    selection?: Selection,
  ): Promise<Listed<{ readonly metadata: Metadata }>>;
  /** Null where one of that name is there already, which is left as it is (and may be of an earlier attempt). */
  create<T extends KubernetesObject>(
    kind: Kind<T>,
    object: T,
    options?: RequestOptions,
  ): Promise<T | null>;
  /**
   * Makes the fields that are given what they are given as, and removes those that were given before and no longer are
   * (server-side apply, with force). Where this changes nothing, the object's resourceVersion stays.
   */
  apply<T extends KubernetesObject>(kind: Kind<T>, object: T, options?: RequestOptions): Promise<T>;
  /**
   * Server-side apply of the whole status: a field left out that an earlier call gave is removed. Null where the object
   * is no longer there or no longer of that version, so that no status is written of what was seen otherwise, nor of
   * another of that name (the API server would not look at a uid here).
   */
  patchStatus<T extends KubernetesObject>(
    kind: Kind<T>,
    key: ExactKey & { readonly resourceVersion: string },
    status: object,
    options?: RequestOptions,
  ): Promise<T | null>;
  /** Writes the whole object; null where it is no longer the one of its `metadata.resourceVersion`. */
  update<T extends KubernetesObject>(
    kind: Kind<T>,
    object: T,
    options?: RequestOptions,
  ): Promise<T | null>;
  /** Whether it was there (and, where a uid is given, was that one). */
  delete(kind: Kind, key: ExactKey, options?: DeleteOptions): Promise<boolean>;
  /** One stream of changes, as long as it lasts; for `watchAll`, which is to be used instead. */
  watch(kind: Kind, namespace: string | null, options: WatchOptions): AsyncGenerator<WatchEvent>;
  /** Closes idle connections. */
  close(): void;
}

export interface WatchOptions extends Pick<Selection, 'labels' | 'fields' | 'signal'> {
  readonly resourceVersion: string;
  /** How long the server is asked to keep the stream. */
  readonly seconds: number;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: KubernetesObject;
}
