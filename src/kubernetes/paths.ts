import type { ObjectKey, Selection } from './cluster.ts';
import type { Kind } from './kinds.ts';

/** What RBAC and messages call a kind: `pods`, `jobs.batch`, `simulations.gossip.io/status`. */
export function resourceOf({ apiVersion, plural }: Kind, subresource?: string): string {
  const [group, version] = apiVersion.split('/');
  const resource = version === undefined ? plural : `${plural}.${group}`;
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}

/** The address of all objects of a kind, in a namespace or (null) in all. */
export function collectionPath({ apiVersion, plural, namespaced }: Kind, namespace: string | null) {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  if (!namespaced || namespace === null) return `${root}/${plural}`;
  return `${root}/namespaces/${segment(namespace, 'namespace')}/${plural}`;
}

/** The address of an object. Throws where the key names none. */
export function objectPath(kind: Kind, { name, namespace }: ObjectKey, subresource?: string) {
  if (kind.namespaced && namespace === undefined)
    throw new Error(`the ${kind.kind} "${name}" is given without its namespace`);
  const path = `${collectionPath(kind, namespace ?? null)}/${segment(name, 'name')}`;
  return subresource === undefined ? path : `${path}/${subresource}`;
}

/** A path with parameters; those that are undefined are left out. */
export function withQuery(path: string, query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (given.length === 0) return path;
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** The parameters that select objects. */
export function selectionQuery({ labels, fields }: Pick<Selection, 'labels' | 'fields'>) {
  const labelSelector =
    typeof labels === 'object'
      ? Object.entries(labels)
          .map(([name, value]) => `${name}=${value}`)
          .join(',')
      : labels;
  return { labelSelector, fieldSelector: fields };
}

/** An empty one would be another address, and one of dots is taken out of an address. */
function segment(text: string, what: string): string {
  if (/^(|\.|\.\.)$/.test(text)) throw new Error(`"${text}" is no ${what}`);
  return encodeURIComponent(text);
}
