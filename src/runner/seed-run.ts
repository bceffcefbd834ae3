import { inputError } from '../errors.ts';
import { components, numberOf } from '../graph/index.ts';
import { leftOut, mostRounds } from '../pictures/limits.ts';
import {
  parseRunObject,
  type RunRow,
  runsCsv,
  runsCsvKey,
  type Storage,
} from '../storage/index.ts';
import type { Parameters } from '../strategies/index.ts';
import { createDrawer, type Drawer } from './pictures.ts';
import { playRun } from './play-run.ts';
import { createRecorder } from './record.ts';
import type { RecordedExecution } from './recorded.ts';
import { resolveAll } from './resolve.ts';
import { createSeedClient } from './seed-client.ts';
import type { SeedEnvironment } from './seed-environment.ts';
import { createSeedHosts } from './seed-hosts.ts';

/** How nodes of the seed's wire are played. */
export interface SeedRunOptions {
  readonly storage: Storage;
  /** Where nodes listen whose port is not in NODES. */
  readonly port: number;
  /** A run that gets here has not converged; null: 10,000, and a graph in parts is refused. */
  readonly maxRounds: number | null;
  /** For summaries: YYYY-MM-DD-HH-MM-SS. */
  readonly timestamp: string;
  readonly signal: AbortSignal;
  readonly notice: (text: string) => void;
  readonly onRun: (row: RunRow) => void;
  /** How long one call may take, in milliseconds; 30 s, longer than a node waits for its neighbor. */
  readonly callDeadline?: number;
}

const DEFAULT_MAX_ROUNDS = 10_000;
const CALL_DEADLINE = 30_000;

/**
 * Plays what the seed's environment says on its nodes, by the seed's calls, and writes the published objects: all
 * executions and repetitions, a Reset between two runs, StopApplication of all in the end. Gives the rows of runs.csv.
 *
 * Nothing is played twice and no call is repeated: the nodes alone know which run they are in.
 *
 * @throws GossipError `input` where a name does not resolve, `failed` naming node and round where a call fails; the
 * signal's reason where it aborts. The nodes are then left as they are.
 */
export async function playSeedNodes(
  environment: SeedEnvironment,
  options: SeedRunOptions,
): Promise<RunRow[]> {
  const { nodes, graph, executions, variables } = environment;
  const { storage, signal, maxRounds, callDeadline = CALL_DEADLINE } = options;
  const { count } = components(graph);
  if (count > 1 && maxRounds === null) {
    throw inputError(
      `ADJ_LIST is a graph in ${count} parts, so one value can never reach all; connect them, or give --max-rounds to play it anyway`,
    );
  }
  const addresses = nodes.map(({ name, address }) => address ?? `${name}:${options.port}`);
  await resolveAll(addresses);
  signal.throwIfAborted();
  const clients = nodes.map((node, index) =>
    createSeedClient(node, addresses[index], callDeadline),
  );
  const close = () => clients.forEach((client) => void client.close());
  signal.addEventListener('abort', close);
  try {
    const hosts = createSeedHosts(clients);
    const settings = {
      maxRounds: maxRounds ?? DEFAULT_MAX_ROUNDS,
      history: 'rounds',
      aggregate: 'minimum',
      keptRounds: variables.VISUALIZE ? mostRounds(graph) : 0,
      numbers: Float64Array.from(nodes, ({ number }) => number),
    } as const;
    const drawer = variables.VISUALIZE ? await drawerOf(environment, options) : null;
    const rows: RunRow[] = [];
    for (const [index, parameters] of executions.entries()) {
      const recorded = recordedSeedExecution(environment, index + 1, parameters, options.timestamp);
      const recorder = createRecorder(storage, recorded, drawer);
      for (let repetition = 1; repetition <= variables.REPETITIONS; repetition++) {
        const outcome = await playRun(hosts, settings, repetition, signal);
        signal.throwIfAborted();
        const row = await recorder.record(repetition, {
          ...outcome,
          useful: hosts.useful,
          valuesByRound:
            outcome.valuesByRound?.map((values) => byNode(environment, values)) ?? null,
        });
        rows.push(row);
        options.onRun(row);
      }
      await recorder.average(rows.slice(-variables.REPETITIONS));
    }
    const others = variables.SERIES_SIMULATION ? await rowsOfOthers(environment, storage) : [];
    await storage.put(runsCsvKey(environment.folder), runsCsv([...others, ...rows]), {
      contentType: 'text/csv',
    });
    for (const problem of await hosts.stopAll()) options.notice(problem);
    return rows;
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

async function drawerOf(
  environment: SeedEnvironment,
  { storage, timestamp, signal, notice }: SeedRunOptions,
): Promise<Drawer | null> {
  const { graph, adjacencyText, variables } = environment;
  const { GRAPH_NAME: name, NODE_COMMUNITIES: communities } = variables;
  const left = leftOut(name, graph);
  if (left !== null) notice(left);
  const known = communities === null ? null : new Map(communities);
  return createDrawer({
    storage,
    source: { name, graph, adjacencyText },
    communities:
      known && Array.from({ length: graph.nodeCount }, (_, i) => known.get(numberOf(graph, i))!),
    timestamp,
    signal,
    notice,
  });
}

/** Values in the order of the graph's nodes, which may not be the order of play. */
function byNode({ graph, nodes }: SeedEnvironment, values: Float64Array): Float64Array {
  const known = new Map(nodes.map(({ number }, index) => [number, values[index]]));
  return Float64Array.from({ length: graph.nodeCount }, (_, i) => known.get(numberOf(graph, i))!);
}

function recordedSeedExecution(
  { variables, folder, executions, adjacencyText }: SeedEnvironment,
  execution: number,
  { factor, priorPartnerFactor, weightingParamA }: Parameters,
  timestamp: string,
): RecordedExecution {
  return {
    place: {
      simulation: variables.SIMULATION,
      folder,
      graph: variables.GRAPH_NAME,
      execution,
      executions: executions.length,
      repetitions: variables.REPETITIONS,
    },
    history: 'rounds',
    seed: variables.SEED ?? null,
    summary: {
      timestamp,
      algorithm: variables.ALGORITHM,
      adjacencyText,
      factor: factor as number | undefined,
      priorPartnerFactor: priorPartnerFactor as number | undefined,
      weightingParamA: weightingParamA as number | undefined,
      graphMetadata: {
        properties: variables.GRAPH_PROPERTIES,
        graphType: null, // stands among the properties
        nodeCommunities: variables.NODE_COMMUNITIES,
      },
      algorithmMetadata: variables.SIMULATION_PROPERTIES,
    },
  };
}

/** The runs on other graphs of the series, which other runners have played into the same folder. */
async function rowsOfOthers(
  { folder, variables }: SeedEnvironment,
  storage: Storage,
): Promise<RunRow[]> {
  const rows: RunRow[] = [];
  for await (const key of storage.list(`${folder}/_gossip/`)) {
    if (!key.endsWith('_run.json')) continue;
    const row = parseRunObject((await storage.get(key)) ?? new Uint8Array(), key);
    if (row.graph !== variables.GRAPH_NAME) rows.push(row);
  }
  const byGraph = (a: RunRow, b: RunRow) => (a.graph < b.graph ? -1 : a.graph > b.graph ? 1 : 0);
  return rows.sort((a, b) => byGraph(a, b) || a.execution - b.execution || a.run - b.run);
}
