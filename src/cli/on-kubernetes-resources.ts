import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { inputError } from '../errors.ts';
import { fieldError, type graphResource } from '../graph/formats/index.ts';
import { adjacencyLines, type GraphSource } from '../graph/index.ts';
import type { Simulation } from '../operator/kinds.ts';
import {
  type DeploymentSpec,
  type SimulationSource,
  simulationResource,
  simulationSpec,
} from '../runner/index.ts';

const API_VERSION = 'gossip.io/v1';
/** What etcd takes at most is 1.5 MiB, of which the API server needs some for itself. */
const LARGEST_GRAPH = 1.4 * 2 ** 20;
/** The API server refuses longer names of Simulations. */
const LONGEST_NAME = 63;
/** An edge takes a blank and a digit at least. */
const SMALLEST_EDGE = 2;

/** A Graph resource that is made here. */
export type GraphResource = ReturnType<(typeof graphResource)['parse']>;

/**
 * The Graph resource that is read back as this source: the same content and source hash, so the same simulation. Throws
 * GossipError `input` where it is too large for a resource.
 */
export function graphResourceOf(source: GraphSource): GraphResource {
  const { name, labels, graph, graphType, valueList, properties, adjacencyText } = source;
  if (graph.edgeCount * SMALLEST_EDGE > LARGEST_GRAPH) throw tooLarge(source);
  const resource: GraphResource = {
    apiVersion: API_VERSION,
    kind: 'Graph',
    metadata: { name, labels: { ...labels } },
    spec: {
      adjacencyList: adjacencyText === null ? adjacencyLines(graph) : adjacencyText.split(','),
      ...(graph.labels !== null && { nodeLabels: [...graph.labels] }),
      ...(graphType !== 'undefined' && { graphType }),
      ...(valueList !== null && { valueList }),
      ...(Object.keys(properties).length > 0 && { graphProperties: { ...properties } }),
    },
  };
  if (Buffer.byteLength(JSON.stringify(resource)) > LARGEST_GRAPH) throw tooLarge(source);
  return resource;
}

function tooLarge({ name, file, graph }: GraphSource): Error {
  return inputError(
    `${file}: the graph ${name} (${graph.nodeCount} nodes, ${graph.edgeCount} edges) is larger than a resource of Kubernetes may be (1.4 MiB): put its file into the storage that results go to, apply a Graph whose spec.source names that object ("object: graphs/${name}.txt.gz", "nodes: ${graph.nodeCount}") and a Simulation that selects it (docs/kubernetes.md)`,
  );
}

/** The label by which a Simulation selects several graphs that have none in common: one for each set of names. */
export function setLabel(names: readonly string[]): string {
  const hash = createHash('sha256')
    .update([...names].sort().join('\n'))
    .digest('hex')
    .slice(0, 8);
  return `gossip.io/set-${hash}`;
}

/** By which labels a Simulation selects its graphs: its own, or where it has none a graph's name, or that of the set. */
export function selectorOf(
  { spec }: SimulationSource,
  graphs: readonly GraphSource[],
): Record<string, string> {
  const { matchLabels } = spec.graphSelector;
  if (Object.keys(matchLabels).length > 0) return matchLabels;
  const names = graphs.map(({ name }) => name);
  return names.length === 1 ? { name: names[0] } : { [setLabel(names)]: 'true' };
}

/** How a Simulation is to be played, beside what is played. */
export interface Wanted {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly deployment: DeploymentSpec;
  /** Null: the operator draws one, where the spec has none. */
  readonly seed: number | null;
}

/** The Simulation resource; fields that say what is the default anyway are left out. Throws GossipError `input`. */
export function simulationResourceOf(
  { name, spec }: SimulationSource,
  { matchLabels, deployment, seed }: Wanted,
): Simulation & { readonly spec: object } {
  if (name.length > LONGEST_NAME) {
    throw inputError(
      `${name} has ${name.length} characters, and a Simulation's name on Kubernetes at most ${LONGEST_NAME}: choose a shorter --name`,
    );
  }
  const graphSelector = { matchLabels: { ...matchLabels } };
  const defaults: Record<string, unknown> = simulationSpec.parse({ graphSelector });
  const fields = Object.entries({ ...spec, graphSelector, ...(seed !== null && { seed }) }).filter(
    ([field, value]) =>
      field === 'graphSelector' ||
      (value !== undefined && !isDeepStrictEqual(value, defaults[field])),
  );
  const resource = {
    apiVersion: API_VERSION,
    kind: 'Simulation',
    metadata: { name },
    spec: { ...Object.fromEntries(fields), ...deployment },
  };
  const parsed = simulationResource.safeParse(resource);
  if (parsed.success) return resource;
  throw fieldError(simulationResource, parsed.error, resource, name, () => undefined);
}
