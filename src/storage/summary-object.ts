import {
  float,
  type PythonFloat,
  type PythonValue,
  pythonFloat,
  pythonJson,
} from './python-json.ts';

/** What the summary of a run, or of an average over runs, says. What is null, absent or empty is left out. */
export interface Summary {
  /** YYYY-MM-DD-HH-MM-SS. */
  readonly timestamp: string;
  /** The round after which all values were equal; in an average the mean of these. */
  readonly rounds: number;
  readonly algorithm: string;
  /** The adjacency list as its resource wrote it, without the last comma; null where it would be too large. */
  readonly adjacencyText: string | null;
  readonly factor?: number | null;
  readonly priorPartnerFactor?: number | null;
  readonly weightingParamA?: number | null;
  readonly graphMetadata: GraphMetadata;
  /** The simulation's simulationProperties. */
  readonly algorithmMetadata: Readonly<Record<string, PythonValue>>;
}

/** What a summary says of its graph. */
export interface GraphMetadata {
  /** graphProperties as written. */
  readonly properties: Readonly<Record<string, PythonValue>>;
  readonly graphType: string | null;
  /** [node number, community], in the order in which the adjacency list first names the nodes; null: not used. */
  readonly nodeCommunities: Iterable<readonly [number, number]> | null;
}

/** The text of `<simulation>_summary.json`. */
export function summaryObject(summary: Summary): string {
  return summaryText(summary, summary.rounds);
}

/** The text of `<simulation>_averaged_result.json`: the same keys, the rounds a float. */
export function averageObject(summary: Summary): string {
  return summaryText(summary, float(summary.rounds));
}

function summaryText(summary: Summary, rounds: number | PythonFloat): string {
  const object = new Map<string, PythonValue>();
  object.set('timestamp', summary.timestamp);
  object.set('num_rounds', rounds);
  object.set('algorithm', summary.algorithm);
  if (summary.adjacencyText !== null) object.set('adj_list', summary.adjacencyText);
  // The published system writes two of the parameters as text and one as a number.
  if (summary.factor != null) object.set('factor', pythonFloat(summary.factor));
  if (summary.priorPartnerFactor != null) {
    object.set('prior_partner_factor', pythonFloat(summary.priorPartnerFactor));
  }
  if (summary.weightingParamA != null)
    object.set('weighting_param_a', float(summary.weightingParamA));
  const graph = graphObject(summary.graphMetadata);
  if (graph.size > 0) object.set('graph_metadata', graph);
  if (Object.keys(summary.algorithmMetadata).length > 0) {
    object.set('algorithm_metadata', summary.algorithmMetadata);
  }
  return pythonJson(object);
}

function graphObject({ properties, graphType, nodeCommunities }: GraphMetadata) {
  const object = new Map<string, PythonValue>(Object.entries(properties));
  if (graphType !== null) object.set('graphType', graphType);
  if (nodeCommunities !== null) {
    const communities = new Map<string, PythonValue>();
    for (const [node, community] of nodeCommunities) communities.set(String(node), community);
    if (communities.size > 0) object.set('nodeCommunities', communities);
  }
  return object;
}
