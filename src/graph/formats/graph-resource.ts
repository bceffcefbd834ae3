import { z } from 'zod';
import { inputError } from '../../errors.ts';
import type { GraphSource } from '../source.ts';
import { parseAdjacency, withoutComma } from './adjacency-lines.ts';
import { fieldError, type Locate, placeOf } from './field-error.ts';
import { nameProblem } from './name.ts';

const mostLines = 10_000_000;
const mostEntries = 1000;
const longestText = 10_000;
const longestValueList = 1 << 28;

const tooMany = { message: `more than ${mostEntries} entries` };
const isSmall = (record: object): boolean => Object.keys(record).length <= mostEntries;
const text = z.string().max(longestText);
const texts = z.record(text, text).refine(isSmall, tooMany);

/** A Graph resource (gossip.io/v1). Metadata may hold whatever else Kubernetes writes there. */
export const graphResource = z.strictObject({
  apiVersion: z.literal('gossip.io/v1'),
  kind: z.literal('Graph'),
  metadata: z.looseObject({ name: z.string(), labels: texts.nullish() }),
  spec: z.strictObject({
    adjacencyList: z.array(z.string()).max(mostLines),
    graphType: text.optional(),
    valueList: z.string().max(longestValueList).optional(),
    graphProperties: z
      .record(text, z.union([text, z.number(), z.boolean()]))
      .refine(isSmall, tooMany)
      .optional(),
  }),
});

/**
 * The source that a Graph resource is; `value` is its parsed YAML document. Throws a GossipError that names the file,
 * the line and the field. The length of a valueList is not compared with the graph here.
 */
export function parseGraphResource(value: unknown, file: string, locate: Locate): GraphSource {
  const parsed = graphResource.safeParse(value);
  if (!parsed.success) throw fieldError(graphResource, parsed.error, value, file, locate);
  const { metadata, spec } = parsed.data;
  const problem = nameProblem(metadata.name);
  if (problem !== null) {
    throw inputError(
      `${placeOf(file, ['metadata', 'name'], locate)}: ${JSON.stringify(metadata.name)} ${problem}`,
    );
  }
  const { graph, warnings } = parseAdjacency(spec.adjacencyList, metadata.name, file, locate);
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    graph,
    graphType: spec.graphType ?? 'undefined',
    valueList: spec.valueList ?? null,
    properties: spec.graphProperties ?? {},
    adjacencyText: spec.adjacencyList.map(withoutComma).join(','),
    file,
    warnings,
  };
}
