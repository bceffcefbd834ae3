import { z } from 'zod';
import {
  integerText,
  isName,
  nameList,
  numberList,
  refuse,
  required,
  shown,
} from '../environment-text.ts';
import { wordsOfHash } from '../graph/content-hash.ts';

/** Values are what `int32` holds: the wire has no other. */
export const LEAST_VALUE = -(2 ** 31);
export const GREATEST_VALUE = 2 ** 31 - 1;

const wholeNumber = Number.isSafeInteger;
const share = (value: number) => value >= 0 && value <= 1;
const centralities = () => numberList('numbers from 0 to 1, one a neighbor', share);
const sweep = () => numberList('numbers', () => true);
const port = (what: string) =>
  z.string().transform(integerText(0, 65535)).optional().describe(what);

/**
 * The variables of the seed's node, and what we add to it (from SEED on, all optional). The seed's lists run parallel
 * to NEIGHBORS, except COMMUNITY_NEIGHBORS; which of them must be there depends on the algorithm.
 */
export const seedVariables = z.object({
  HOSTNAME: required('the name of this node, as its neighbors know it')
    .refine(isName, {
      error: (issue) =>
        `is ${shown(String(issue.input))}: it must be a host name, such as sim-g0-n5`,
    })
    .describe('name of the node; it resolves to its own address'),
  NEIGHBORS: required('the names of the neighbors by ascending number, separated by commas')
    .transform(nameList)
    .describe('names of the neighbors, by ascending number'),
  ALGORITHM: required("an algorithm's name, such as default (gossip strategies lists them)"),
  REPETITIONS: required('the number of runs for each combination of parameters').transform(
    integerText(1, 2 ** 31 - 1),
  ),
  RANDOM_INITIALIZATION: required('True or False')
    .transform((text) => text.toLowerCase() !== 'false')
    .describe('only false, in any case, means no; the first value is then NODE_VALUE'),
  NODE_VALUE: z
    .string()
    .optional()
    .describe('the first value, an int32; read only where RANDOM_INITIALIZATION is False'),
  COMMUNITY_NEIGHBORS: z
    .string()
    .transform((text, context) => (text === '' ? [] : nameList(text, context)))
    .optional()
    .describe("names of those neighbors that are in the node's community; may be empty"),
  SAME_COMMUNITY_PROBABILITIES_NEIGHBORS: numberList(
    'numbers above 0 and at most 1, one a neighbor',
    (value) => value > 0 && value <= 1,
  ).describe("for each neighbor, the share of its neighbors in this node's community"),
  NEIGHBORING_COMMUNITIES: numberList(
    'the numbers of communities (from 0), one a neighbor',
    (value) => wholeNumber(value) && value >= 0 && value < 2 ** 24,
  ).describe("for each neighbor, its community's number"),
  BETWEENNESS_CENTRALITIES_NEIGHBORS: centralities(),
  EIGENVECTOR_CENTRALITIES_NEIGHBORS: centralities(),
  HUB_SCORES_NEIGHBORS: centralities(),
  FACTOR: sweep().describe('one or more, to sweep'),
  PRIOR_PARTNER_FACTOR: sweep().describe('one or more, to sweep'),
  WEIGHTING_PARAM_A: sweep().describe('one or more, to sweep; the last varies fastest'),

  SEED: z
    .string()
    .transform(integerText(0, Number.MAX_SAFE_INTEGER))
    .optional()
    .describe('all draws follow from it; without it, from one drawn at the start'),
  GRAPH_HASH: z
    .string()
    .transform(graphWords)
    .optional()
    .describe("the SHA-256 of the graph's content in hex; it enters the draws"),
  NODE_INDEX: z
    .string()
    .transform(integerText(0, 2 ** 32 - 1))
    .optional()
    .describe("the node's place among the graph's, from 0; default: the number in HOSTNAME"),
  DEGREES_NEIGHBORS: numberList(
    'integers of at least 1, one a neighbor',
    (value) => wholeNumber(value) && value >= 1,
  ).describe('how many neighbors each neighbor has, for strategies of your own'),
  FAVOR: z.string().optional().describe('inside (default) or outside'),
  STRATEGY_DIR: z.string().optional().describe('a folder of your own strategies'),
  PEER_PORT: port('where all nodes listen for each other; default 90'),
  GRPC_PORT: port('where this node listens for its runner; default 50051'),
});

/** The variables, each for itself as it must be. */
export type SeedVariables = z.output<typeof seedVariables>;

/** The words of a graph's hash that enter every draw: its first 16 bytes, little-endian. */
function graphWords(text: string, context: z.RefinementCtx): number[] {
  if (!/^[0-9a-f]{64}$/i.test(text)) return refuse(context, text, '64 hexadecimal digits');
  return wordsOfHash(Buffer.from(text, 'hex'));
}
