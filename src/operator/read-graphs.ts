import { inputError } from '../errors.ts';
import {
  type GraphObject as GraphInStorage,
  type GraphSource,
  graphSourceObject,
  parseGraphResource,
} from '../graph/index.ts';
import type { Cluster } from '../kubernetes/index.ts';
import { GRAPH, type GraphObject } from './kinds.ts';

/** What an operator reads at most for a Simulation: it has little memory, and all names enter one Secret. */
const MOST_GRAPHS = 1000;
const MOST_BYTES = 64 * 2 ** 20;

/** What labels of Kubernetes may be; others select nothing. */
const LABEL_KEY = /^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const OBJECT_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** The Graphs that labels select, in the order of their names. */
export interface SelectedGraphs {
  /** Those that hold a graph. */
  readonly graphs: readonly GraphSource[];
  /** Those that say where one is stored. */
  readonly stored: readonly GraphInStorage[];
}

/**
 * Reads the Graphs of a namespace that labels select; `name` is a Graph's name, or a label.
 *
 * @throws GossipError `input` where there are too many, or one is none
 */
export async function readGraphs(
  cluster: Cluster,
  namespace: string,
  matchLabels: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<SelectedGraphs> {
  const names = await selectedNames(cluster, namespace, matchLabels, signal);
  if (names.length > MOST_GRAPHS) {
    throw inputError(
      `spec.graphSelector matches ${names.length} graphs: one Simulation plays at most ${MOST_GRAPHS}; make several`,
    );
  }
  const graphs: GraphSource[] = [];
  const stored: GraphInStorage[] = [];
  let bytes = 0;
  for (const name of names) {
    const resource = await cluster.get(GRAPH, { namespace, name }, { signal });
    if (resource === null) continue;
    bytes += JSON.stringify(resource.spec ?? null).length;
    if (bytes > MOST_BYTES) {
      throw inputError(
        `the graphs that spec.graphSelector matches are larger than ${MOST_BYTES / 2 ** 20} MiB; make several Simulations, or put graphs into the storage (spec.source)`,
      );
    }
    const place = `Graph ${name}`;
    const value = asInFile(resource);
    const object = graphSourceObject(value, place, () => undefined);
    if (object === null) graphs.push(parseGraphResource(value, place, () => undefined));
    else stored.push(object);
  }
  return { graphs, stored };
}

async function selectedNames(
  cluster: Cluster,
  namespace: string,
  matchLabels: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<string[]> {
  const found = new Set<string>();
  const { name, ...others } = matchLabels;
  const areLabels = (labels: object) =>
    Object.entries(labels).every(([key, value]) => LABEL_KEY.test(key) && LABEL_VALUE.test(value));
  if (areLabels(matchLabels)) {
    const { items } = await cluster.listMetadata(GRAPH, namespace, { labels: matchLabels, signal });
    for (const { metadata } of items) found.add(metadata.name ?? '');
  }
  if (name !== undefined && OBJECT_NAME.test(name) && !found.has(name)) {
    const graph = await cluster.get(GRAPH, { namespace, name }, { signal });
    const { labels = {} } = graph?.metadata ?? {};
    const isMeant = Object.entries(others).every(([key, value]) => labels[key] === value);
    if (graph !== null && isMeant) found.add(name);
  }
  return [...found].sort();
}

/** A Graph as a file would have it. */
function asInFile({ metadata, spec }: GraphObject): unknown {
  return { apiVersion: 'gossip.io/v1', kind: 'Graph', metadata, spec };
}
