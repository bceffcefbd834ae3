import { z } from 'zod';
import { integerText, isName, numberList, refuse, required, shown } from '../environment-text.ts';
import { GossipError } from '../errors.ts';
import { nameProblem } from '../graph/index.ts';
import { float, type PythonValue } from '../storage/index.ts';
import { formatAddress, parseAddress } from '../transport/address.ts';

/** A node as NODES names it. */
export interface SeedNodeName {
  readonly name: string;
  /** The number at the end of its name. */
  readonly number: number;
  /** Where it listens for its runner, "host:port"; null: under its name, on the port of all. */
  readonly address: string | null;
}

/** With an id of 100 characters, a folder's name stays within 255. */
const LONGEST_NAME = 150;

const sweep = () => numberList('numbers', () => true).describe('one or more, to sweep');
const name = (what: string) =>
  required(what).superRefine((text, context) => {
    const problem = nameProblem(text);
    if (problem !== null) context.addIssue(`is ${shown(text)}, which ${problem}`);
  });
const truth = (what: string) =>
  required(what).transform((text, context) =>
    /^(true|false)$/i.test(text)
      ? text.toLowerCase() === 'true'
      : refuse(context, text, 'True or False'),
  );
const properties = () =>
  z
    .string()
    .optional()
    .transform((text, context) => jsonObject(text ?? '', context));

/**
 * The variables of the seed's runner, and what we add to it. Optional ones may be empty.
 */
export const seedRunnerVariables = z.object({
  SIMULATION: name("the simulation's name")
    .refine((text) => text.length <= LONGEST_NAME, {
      error: `is too long: it must be at most ${LONGEST_NAME} characters, since files are named after it`,
    })
    .describe('begins the names of its objects'),
  SIMULATION_ID: required('the id of the simulation, such as a UUID')
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, {
      error: ({ input }) =>
        `is ${shown(String(input))}: it must be at most 100 letters, digits, ".", "_" and "-"`,
    })
    .describe('with SIMULATION, the folder of its objects'),
  SERIES_SIMULATION: truth('True or False').describe('whether the graph is one of a series'),
  GRAPH_NAME: name("the graph's name"),
  ALGORITHM: required("an algorithm's name, such as default").regex(/^[\w.-]{1,100}$/, {
    error: ({ input }) =>
      `is ${shown(String(input))}: it must be an algorithm's name, such as default`,
  }),
  REPETITIONS: required('the number of runs for each combination of parameters').transform(
    integerText(1, 1_000_000),
  ),
  ADJ_LIST: required('the lines of the adjacency list, each with a comma at its end').describe(
    'each edge once: "0 1 2,1 2,2,"',
  ),
  NODES: required('the names of the nodes in the order of play, separated by commas')
    .transform(nodeNames)
    .describe('names that end in -n and a number; name=host:port and name:port say where'),
  NODE_COMMUNITIES: z
    .string()
    .optional()
    .transform(communities)
    .describe('each node\'s community: {"0": 1}; absent where none is used'),
  FACTOR: sweep(),
  PRIOR_PARTNER_FACTOR: sweep(),
  WEIGHTING_PARAM_A: sweep(),
  VISUALIZE: z
    .string()
    .optional()
    .transform((text) => (text ?? 'false').toLowerCase() !== 'false')
    .describe('only false, in any case, means no'),
  SIMULATION_PROPERTIES: properties(),
  GRAPH_PROPERTIES: properties().describe('graphType included'),

  SEED: z
    .string()
    .transform(integerText(0, Number.MAX_SAFE_INTEGER))
    .optional()
    .describe('that all nodes were given'),
});

/** The variables, each for itself as it must be. */
export type SeedRunnerVariables = z.output<typeof seedRunnerVariables>;

function nodeNames(text: string, context: z.RefinementCtx): SeedNodeName[] {
  // A comma at the end is no further name.
  const nodes = text.replace(/,\s*$/, '').split(',').map(nodeName);
  const wrong = nodes.indexOf(null);
  if (wrong !== -1) {
    context.addIssue(
      `has ${shown(text.split(',')[wrong])} at place ${wrong + 1}: it must be names that end in -n and a number, such as sim-g0-n5, each alone, as name:port or as name=host:port`,
    );
    return z.NEVER;
  }
  const named = nodes as SeedNodeName[];
  const seen = new Set<number>();
  const double = named.find(({ number }) => seen.size === seen.add(number).size);
  if (double === undefined) return named;
  context.addIssue(`has two nodes of the number ${double.number}: it must name each node once`);
  return z.NEVER;
}

function nodeName(text: string): SeedNodeName | null {
  const [, name = '', port, elsewhere] = /^([^:=]*)(?::(\d+)|=(.*))?$/.exec(text.trim()) ?? [];
  const number = Number(/-n(\d+)$/.exec(name)?.[1] ?? Number.NaN);
  if (!isName(name) || !Number.isSafeInteger(number)) return null;
  const address = port === undefined ? elsewhere : `${name}:${port}`;
  if (address === undefined) return { name, number, address: null };
  try {
    return { name, number, address: formatAddress(parseAddress(address)) };
  } catch (error) {
    if (error instanceof GossipError) return null;
    throw error;
  }
}

/** [number, community] in the order of the text: JSON.parse would put the numbers in theirs. */
function communities(
  text: string | undefined,
  context: z.RefinementCtx,
): [number, number][] | null {
  if (text === undefined || text === '') return null;
  if (!/^\s*\{\s*("\d{1,15}"\s*:\s*\d{1,15}\s*(,\s*(?=")|(?=\})))*\}\s*$/.test(text)) {
    return refuse(
      context,
      text,
      'a JSON object of nodes and their communities, as {"0": 1, "2": 1}',
    );
  }
  return Array.from(text.matchAll(/"(\d+)"\s*:\s*(\d+)/g), ([, node, community]) => [
    Number(node),
    Number(community),
  ]);
}

/** Numbers that were written as floats stay floats, as in Python. */
function jsonObject(text: string, context: z.RefinementCtx): Readonly<Record<string, PythonValue>> {
  if (text === '') return {};
  try {
    const value = JSON.parse(text, (_, value, context?: { source: string }) =>
      typeof value === 'number' && /[.e]/i.test(context?.source ?? '') ? float(value) : value,
    );
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {}
  return refuse(context, text, 'a JSON object, such as {"nodeCount": "20"}');
}
