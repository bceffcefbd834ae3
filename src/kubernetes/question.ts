import type { ExactKey } from './cluster.ts';
import type { ApiRequest } from './connection.ts';
import type { Kind } from './kinds.ts';
import type { Attempted } from './kubernetes-error.ts';
import { collectionPath, objectPath, resourceOf, withQuery } from './paths.ts';

/** What is to be done with objects of a kind. */
export interface Action {
  /** As RBAC names it. */
  readonly verb: string;
  readonly method: ApiRequest['method'];
  /** Without a name: all in the namespace, or in all. */
  readonly key: Partial<ExactKey>;
  readonly subresource?: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** A request, and what to call it. */
export interface Question extends ApiRequest {
  /** For messages. */
  readonly attempted: Omit<Attempted, 'server'>;
  /** For counts, such as `Simulation/status`. */
  readonly counted: string;
}

/** The request of an action. */
export function questionOf(kind: Kind, action: Action, userAgent: string): Question {
  const { verb, method, key, subresource, query = {}, headers, body } = action;
  const { name, namespace } = key;
  const path =
    name === undefined || method === 'POST'
      ? collectionPath(kind, namespace ?? null)
      : objectPath(kind, { name, namespace }, subresource);
  return {
    method,
    path: withQuery(path, query),
    headers: {
      Accept: 'application/json',
      'User-Agent': userAgent,
      ...(body && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body && JSON.stringify(body),
    attempted: {
      verb,
      resource: resourceOf(kind, subresource),
      name,
      namespace: kind.namespaced ? namespace : undefined,
    },
    counted: subresource === undefined ? kind.kind : `${kind.kind}/${subresource}`,
  };
}
