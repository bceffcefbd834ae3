import { z } from 'zod';
import { byName } from '../../by-name.ts';
import { inputError } from '../../errors.ts';
import { mapOf, withRules } from '../../schema.ts';
import type { GraphSource } from '../source.ts';
import { parseAdjacency, withoutComma } from './adjacency-lines.ts';
import { fieldError, type Locate, placeOf } from './field-error.ts';
import { GRAPH_FILE_ENDINGS } from './graph-file.ts';
import { nameProblem } from './name.ts';
import { withLabels } from './node-labels.ts';

const mostLines = 10_000_000;
const mostNodes = 1_000_000_000;
const mostEntries = 1000;
const longestKey = 1000;
const longestLabel = 1000;
const longestText = 10_000;
const longestList = 1 << 28;
const longestObject = 512;

const text = z.string().max(longestText);
/** No segment begins with a dot, so none is "..". */
const segment = '[A-Za-z0-9_-][A-Za-z0-9._-]*';
const endings = GRAPH_FILE_ENDINGS.map((ending) => ending.slice(1)).join('|');
const objectKey = `^${segment}(/${segment})*\\.(${endings})(\\.gz)?$`;

/** A Graph resource (gossip.io/v1). Metadata may hold whatever else Kubernetes writes there. */
export const graphResource = z.strictObject({
  apiVersion: z.literal('gossip.io/v1'),
  kind: z.literal('Graph'),
  metadata: z.looseObject({
    name: z.string(),
    labels: mapOf(longestText, text, mostEntries).nullish(),
  }),
  spec: withRules(
    z.strictObject({
      adjacencyList: z
        .array(z.string().max(longestList))
        .max(mostLines)
        .optional()
        .describe('a line for each node: its number and its neighbors\', like "4 2 6,"'),
      nodeLabels: z
        .array(z.string().max(longestLabel))
        .max(mostLines)
        .optional()
        .describe('what nodes are called that have the numbers 0, 1, 2 … in the adjacencyList'),
      source: z
        .strictObject({
          object: withRules(z.string().max(longestObject), [
            {
              message: `an object's key is names of letters, digits, "-", "_" and ".", none of which begins with ".", and "/" between them; it ends in one of ${GRAPH_FILE_ENDINGS.join(' ')}, each also with .gz`,
              holds: (key) => new RegExp(objectKey).test(key),
              cel: `self.matches(${JSON.stringify(objectKey)})`,
            },
          ]).describe(
            'its key in the storage that results go to, such as graphs/big.txt.gz; the ending says its format',
          ),
          nodes: z.int().min(1).max(mostNodes).describe('how many nodes the graph has'),
        })
        .optional()
        .describe('where a graph is that is too large for a resource (about 1.5 MiB)'),
      graphType: text.optional().describe('what made the graph'),
      valueList: z
        .string()
        .max(longestList)
        .optional()
        .describe("start values in the order of the nodes' numbers, like 51,14,98"),
      graphProperties: mapOf(longestKey, z.union([text, z.number(), z.boolean()]), mostEntries)
        .optional()
        .describe('what results are to say of the graph besides'),
    }),
    [
      {
        field: 'adjacencyList',
        message: 'it is missing, and so is source: a graph has one of them',
        holds: ({ adjacencyList, source }) => adjacencyList !== undefined || source !== undefined,
        cel: 'has(self.adjacencyList) || has(self.source)',
      },
      {
        field: 'source',
        message: 'there is an adjacencyList too: a graph has one of them',
        holds: ({ adjacencyList, source }) => adjacencyList === undefined || source === undefined,
        cel: '!has(self.adjacencyList) || !has(self.source)',
      },
      {
        field: 'nodeLabels',
        message: 'it goes with adjacencyList; a source has labels of its own',
        holds: ({ adjacencyList, nodeLabels }) =>
          nodeLabels === undefined || adjacencyList !== undefined,
        cel: '!has(self.nodeLabels) || has(self.adjacencyList)',
      },
    ],
  ),
});

/** What a Graph resource says of a graph that is an object in a storage. */
export interface GraphObject extends Omit<GraphSource, 'graph' | 'adjacencyText' | 'warnings'> {
  /** The object's key; readGraphFile reads it from a file whose name ends the same. */
  readonly object: string;
  readonly nodes: number;
}

/**
 * The source that a Graph resource is; `value` is its parsed YAML document. Throws a GossipError that names the file,
 * the line and the field, also where the graph is not in the resource. The length of a valueList is not compared with
 * the graph here.
 */
export function parseGraphResource(value: unknown, file: string, locate: Locate): GraphSource {
  const { described, spec } = parse(value, file, locate);
  const { adjacencyList } = spec;
  if (adjacencyList === undefined) {
    throw inputError(
      `${placeOf(file, ['spec', 'source'], locate)}: it names an object in a storage, which only gossip on a cluster reads; here, name the graph's own file`,
      { field: 'spec.source' },
    );
  }
  const { graph: numbered, warnings } = parseAdjacency(adjacencyList, described.name, file, locate);
  const place = placeOf(file, ['spec', 'nodeLabels'], locate);
  const graph = withLabels(numbered, spec.nodeLabels, place);
  const adjacencyText = adjacencyList.map(withoutComma).join(',');
  return { ...described, graph, adjacencyText, warnings };
}

/** What a Graph resource says of an object, null where the graph is in the resource. Throws as parseGraphResource. */
export function graphSourceObject(
  value: unknown,
  file: string,
  locate: Locate,
): GraphObject | null {
  const { described, spec } = parse(value, file, locate);
  return spec.source === undefined ? null : { ...described, ...spec.source };
}

/** The source that a Graph resource and its object, read, are together. Throws where the number of nodes differs. */
export function graphFromObject(resource: GraphObject, read: GraphSource): GraphSource {
  const { object, nodes, ...described } = resource;
  const { graph, adjacencyText, warnings } = read;
  if (graph.nodeCount === nodes) return { ...described, graph, adjacencyText, warnings };
  throw inputError(
    `${described.file}: spec.source.nodes is ${nodes}, but ${object} has a graph of ${graph.nodeCount} nodes`,
  );
}

function parse(value: unknown, file: string, locate: Locate) {
  const parsed = graphResource.safeParse(value);
  if (!parsed.success) throw fieldError(graphResource, parsed.error, value, file, locate);
  const { metadata, spec } = parsed.data;
  const problem = nameProblem(metadata.name);
  if (problem !== null) {
    throw inputError(
      `${placeOf(file, ['metadata', 'name'], locate)}: ${JSON.stringify(metadata.name)} ${problem}`,
      { field: 'metadata.name' },
    );
  }
  const described = {
    name: metadata.name,
    labels: byName(metadata.labels ?? {}),
    graphType: spec.graphType ?? 'undefined',
    valueList: spec.valueList ?? null,
    properties: byName(spec.graphProperties ?? {}),
    file,
  };
  return { described, spec };
}
