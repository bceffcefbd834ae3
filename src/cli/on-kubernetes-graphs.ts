import { GossipError, inputError } from '../errors.ts';
import { type GraphSource, parseGraphResource, sourceHash } from '../graph/index.ts';
import type { Cluster } from '../kubernetes/index.ts';
import { GRAPH, type GraphObject } from '../operator/kinds.ts';
import { readGraphs } from '../operator/read-graphs.ts';
import { graphResourceOf } from './on-kubernetes-resources.ts';

/** Where graphs are brought. */
interface Room {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly signal: AbortSignal;
}

/** How often an object that others change at the same time is read and written again. */
const ATTEMPTS = 5;

/** A graph that is to be in the cluster. */
export interface LabeledGraph {
  readonly source: GraphSource;
  /** By which Simulations select it. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Each graph once, with all labels that it is selected by. */
export function labeledGraphs(
  wanted: readonly {
    readonly graphs: readonly GraphSource[];
    readonly matchLabels: Readonly<Record<string, string>>;
  }[],
): LabeledGraph[] {
  const labeled = new Map<string, LabeledGraph>();
  for (const { graphs, matchLabels } of wanted) {
    const { name: _, ...labels } = matchLabels;
    for (const source of graphs) {
      const before = labeled.get(source.name)?.labels;
      labeled.set(source.name, { source, labels: { ...before, ...labels } });
    }
  }
  return [...labeled.values()];
}

/** The Graph of that name in the cluster, which must be the same one; null where there is none, and one can be made. */
export async function lookFor(
  { source, labels }: LabeledGraph,
  { cluster, namespace, signal }: Room,
): Promise<GraphObject | null> {
  const { name, file } = source;
  const found = await cluster.get(GRAPH, { namespace, name }, { signal });
  if (found === null) {
    graphResourceOf(source);
    return null;
  }
  const place = `there is a Graph ${name} in the namespace ${namespace} already`;
  const hint = `rename the file or the graph, choose another --namespace, or delete that one first (kubectl delete graph ${name} -n ${namespace})`;
  if (hashOf(found) !== sourceHash(source))
    throw inputError(`${place}, and it is not that of ${file}: ${hint}`);
  const own = found.metadata?.labels ?? {};
  for (const [label, value] of Object.entries(labels)) {
    if (own[label] === undefined || own[label] === value) continue;
    throw inputError(`${place}, whose label ${label} is ${own[label]} and not ${value}: ${hint}`);
  }
  return found;
}

function hashOf({ metadata, spec }: GraphObject): string | null {
  try {
    const value = { apiVersion: 'gossip.io/v1', kind: 'Graph', metadata, spec };
    return sourceHash(parseGraphResource(value, 'Graph', () => undefined));
  } catch (error) {
    if (error instanceof GossipError) return null;
    throw error;
  }
}

/** A file's Simulation selects by labels that other Graphs of the namespace may have, too. */
export async function refuseFurther(
  simulation: string,
  matchLabels: Readonly<Record<string, string>>,
  graphs: readonly GraphSource[],
  { cluster, namespace }: Room,
): Promise<void> {
  const selected = await readGraphs(cluster, namespace, matchLabels);
  const names = new Set(graphs.map(({ name }) => name));
  const others = [...selected.graphs, ...selected.stored].filter(({ name }) => !names.has(name));
  if (others.length === 0) return;
  const labels = Object.entries(matchLabels).map((entry) => entry.join('='));
  const shown = others.slice(0, 10).map(({ name }) => name);
  throw inputError(
    `${simulation} selects the Graphs with ${labels.join(',')}, and the namespace ${namespace} has others of them: ${shown.join(', ')}${others.length > 10 ? ' …' : ''}; choose another --namespace, or delete them first`,
  );
}

/** Makes a graph, or gives one that is there the labels that it lacks. */
export async function makeGraph(
  { source, labels }: LabeledGraph,
  object: GraphObject | null,
  room: Room,
): Promise<void> {
  const { cluster, namespace, signal } = room;
  let found = object;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (found === null) {
      const resource = graphResourceOf(source);
      const all = { ...resource.metadata.labels, ...labels };
      const metadata = { ...resource.metadata, labels: all, namespace };
      if ((await cluster.create(GRAPH, { ...resource, metadata }, { signal })) !== null) return;
    } else {
      const own = found.metadata?.labels ?? {};
      const missing = Object.keys(labels).filter((label) => own[label] === undefined);
      if (missing.length === 0) return;
      const metadata = { ...found.metadata, labels: { ...own, ...labels } };
      if ((await cluster.update(GRAPH, { ...found, metadata }, { signal })) !== null) return;
    }
    found = await lookFor({ source, labels }, room);
  }
  throw new GossipError(
    'failed',
    `the Graph ${source.name} in the namespace ${namespace} is changed by others all the time; try again`,
  );
}
