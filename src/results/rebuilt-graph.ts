import { GossipError } from '../errors.ts';
import { type GraphSource, parseGraphResource, sourceHash } from '../graph/index.ts';
import type { Manifest } from '../runner/index.ts';
import { csvRecords, nodesKey, type Storage } from '../storage/index.ts';
import { roundsOf } from './difference.ts';
import { objectOf } from './object.ts';
import { publishedFolder, runOfKey, type StoredRun } from './run-key.ts';
import { parseSummary, type StoredSummary } from './summary.ts';

/**
 * A graph of a manifest, rebuilt from what its runs have left: the adjacency list and properties in a summary, the names
 * of nodes in nodes.csv, the start values in round 0. It may not succeed, since not all is stored; the SHA-256 in the
 * manifest decides, and null is given where no guess has it.
 */
export async function rebuiltGraph(
  storage: Storage,
  { graphs }: Manifest,
  folder: string,
  index: number,
): Promise<GraphSource | null> {
  const { name, sha256 } = graphs[index];
  const run = await firstRun(storage, folder, name);
  if (run === null) return null;
  const summary = await summaryOf(storage, run);
  if (summary === null) return null;
  const guess = (valueList: string | null) => resource(name, summary, valueList, run.key);

  async function* guesses() {
    yield guess(null);
    yield withNames(storage, folder, guess(null));
    const values = await startValues(storage, run!);
    yield guess(values);
    yield withNames(storage, folder, guess(values));
  }

  for await (const source of guesses()) {
    if (source !== null && sourceHash(source) === sha256) return source;
  }
  return null;
}

/**
 * The graph that the first run on it has left in its summary; null where it left none. Start values and names of nodes
 * are not there.
 */
export async function summarizedGraph(
  storage: Storage,
  folder: string,
  name: string,
): Promise<GraphSource | null> {
  const run = await firstRun(storage, folder, name);
  const summary = run && (await summaryOf(storage, run));
  return summary && resource(name, summary, null, run!.key);
}

async function firstRun(storage: Storage, folder: string, graph: string) {
  for await (const key of storage.list(`${folder}/${graph}/`)) {
    const run = runOfKey(key);
    if (run?.kind === 'summary') return run;
  }
  return null;
}

async function summaryOf(storage: Storage, run: StoredRun): Promise<StoredSummary | null> {
  try {
    return parseSummary(await objectOf(storage, run.key), run.key);
  } catch (error) {
    if (error instanceof GossipError) return null;
    throw error;
  }
}

/** A summary as the Graph resource that it may have come from. */
function resource(
  name: string,
  { adj_list, graph_metadata = {} }: StoredSummary,
  valueList: string | null,
  place: string,
): GraphSource | null {
  if (adj_list === undefined) return null;
  const { graphType, nodeCommunities: _, ...graphProperties } = graph_metadata;
  const value = {
    apiVersion: 'gossip.io/v1',
    kind: 'Graph',
    metadata: { name },
    spec: {
      adjacencyList: adj_list.split(','),
      ...{ graphType, graphProperties },
      ...(valueList === null ? {} : { valueList }),
    },
  };
  try {
    return parseGraphResource(value, place, () => undefined);
  } catch (error) {
    if (error instanceof GossipError) return null;
    throw error;
  }
}

/** The same graph, its nodes called as nodes.csv has it; null where there is none. */
async function withNames(
  storage: Storage,
  folder: string,
  source: GraphSource | null,
): Promise<GraphSource | null> {
  if (source === null) return null;
  const bytes = await storage.get(nodesKey({ folder, graph: source.name }));
  if (bytes === null) return null;
  const lines = [...csvRecords(new TextDecoder().decode(bytes))].slice(1);
  const labels = lines.map((fields) => fields?.[1] ?? '');
  return { ...source, graph: { ...source.graph, labels } };
}

/** What the nodes began a run with, as a resource's valueList; null where it was not stored. */
async function startValues(storage: Storage, run: StoredRun): Promise<string | null> {
  const published = `${publishedFolder(run)}${run.simulation}_node_value_history.json`;
  const own = `${run.folder}/_gossip/${published.slice(run.folder.length + 1)}`;
  for (const key of [published, own.replace('_node_value_history.json', '_changes.jsonl')]) {
    const bytes = await storage.get(key);
    const first = bytes === null ? null : roundsOf(key, new TextDecoder().decode(bytes))?.[0];
    if (first) return Object.values(first.nodes).join(',');
  }
  return null;
}
