/**
 * What a strategy can ask to be told of a node's neighbors; each is an array parallel to the neighbors. Where i is the
 * node and j a neighbor:
 *
 * - `degree`: how many neighbors j has, at least 1
 * - `sameCommunity`: 1 where j is in i's community, 0 where it is not
 * - `community`: the number of j's community, an integer; communities are numbered from 0
 * - `communityProbability`: the share of j's neighbors that are in i's community, above 0 (i itself is one) and at most 1
 * - `betweenness`: j's betweenness centrality, normalized as networkx does, 0..1
 * - `eigenvector`: j's eigenvector centrality, 0..1 (Euclidean norm 1 over the graph)
 * - `hubScore`: j's HITS hub score, 0..1 (they sum to 1 over the graph)
 *
 * The last four are as the simulation hands them out, which may have rounded them to some decimals.
 */
export type Measure = (typeof MEASURES)[number];

/** All measures there are. */
export const MEASURES = [
  'degree',
  'sameCommunity',
  'community',
  'communityProbability',
  'betweenness',
  'eigenvector',
  'hubScore',
] as const;

/**
 * What one node may know when it weighs its neighbors: their number and the measures its strategy asked for. A
 * measure that the strategy did not list is undefined. The arrays are reused for the next node: a strategy neither
 * changes them nor keeps them.
 */
export interface View {
  /** How many neighbors there are; every array below has at least this many entries, those beyond are not the node's. */
  readonly degree: number;
  readonly measures: Readonly<Record<Measure, Float64Array>>;
}

/**
 * A parameter, as a JSON Schema of one number or one of several words, with its default. Plain data, so that the
 * command line, the YAML schema and a form can all be made from it.
 */
export type ParameterSchema =
  | {
      readonly type: 'number';
      readonly description: string;
      readonly default: number;
      readonly minimum?: number;
      readonly maximum?: number;
      readonly exclusiveMinimum?: number;
    }
  | {
      readonly type: 'string';
      readonly description: string;
      readonly default: string;
      readonly enum: readonly string[];
    };

/** Values for all of a strategy's parameters, by name. */
export type Parameters = Readonly<Record<string, number | string>>;

/**
 * Whom a node talks to. A file in a strategy directory exports one as its default and gives it its name:
 * `low_degree.ts` is `low_degree`, and with it `low_degree_memory` and `low_degree_complex_memory`.
 */
export interface Strategy {
  /** One line for people. */
  readonly summary: string;
  /** By name; {} where there are none. `priorPartnerFactor` belongs to the memories and cannot be one. */
  readonly parameters: Readonly<Record<string, ParameterSchema>>;
  /** What `weigh` reads; [] where it reads none. */
  readonly measures: readonly Measure[];
  /**
   * Writes the weight of each neighbor to out[0..view.degree): finite, not negative, a pure function of its arguments.
   * A neighbor is picked with probability proportional to its weight; where all are 0, uniformly. It is called once a
   * node, so on large graphs millions of times: allocate nothing in it.
   */
  weigh(view: View, parameters: Parameters, out: Float64Array): void;
}
