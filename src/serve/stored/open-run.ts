import { Code, ConnectError } from '@connectrpc/connect';
import type { RunPlace as AskedPlace } from '../../gen/gossip/v1/simulation_pb.ts';
import type { OpenedRun, OpenRun } from '../../replay/opened-run.ts';
import { openReplay } from '../../replay/opened-run.ts';
import { createReplay } from '../../replay/replay.ts';
import type { StoredSimulation } from '../../results/index.ts';
import { readRow } from '../../runner/index.ts';
import type { RunPlace, Storage } from '../../storage/index.ts';
import { type FindSimulation, refuseGraph } from './find.ts';
import type { PrepareRuns } from './prepared-runs.ts';
import { impossible, missing } from './refusals.ts';
import { type GraphOf, namesOf, type StoredGraph } from './stored-graphs.ts';
import { historyKeys, readStoredHistory, type StoredHistory } from './stored-history.ts';

/** Opens stored runs: ours played again from the seed, others from what they have left. */
export function createOpenRun(
  storage: Storage,
  find: FindSimulation,
  graphOf: GraphOf,
  prepareRuns: PrepareRuns,
): OpenRun {
  async function openOwn(simulation: StoredSimulation, asked: AskedPlace): Promise<OpenedRun> {
    const place = placeOf(simulation, asked);
    const row = await readRow(storage, place);
    if (row === null && !simulation.hasRunsCsv) {
      throw impossible(`${described(asked)} is not finished yet`);
    }
    const graph = await graphIn(simulation, asked.graph);
    const setup =
      'problem' in graph ? graph : await prepareRuns(simulation, graph, asked.execution);
    if (!('problem' in setup)) {
      const replay = createReplay({ host: setup.host, maxRounds: setup.run.maxRounds }, asked.run);
      return openReplay(replay, namesOf(graph as StoredGraph), row?.num_rounds ?? null);
    }
    const history = await readStoredHistory(storage, historyKeys(place));
    if (history !== null) return fromHistory(simulation, graph, history, setup.problem);
    throw impossible(
      `${described(asked)} cannot be shown: no history of it is stored, and it cannot be played again: ${setup.problem}`,
    );
  }

  /** The graph; or why it is not known. */
  async function graphIn(simulation: StoredSimulation, name: string) {
    try {
      return await graphOf(simulation, name);
    } catch (error) {
      if (ConnectError.from(error).code !== Code.FailedPrecondition) throw error;
      return { problem: ConnectError.from(error).rawMessage };
    }
  }

  async function openPublished(
    simulation: StoredSimulation,
    asked: AskedPlace,
  ): Promise<OpenedRun> {
    const history = await readStoredHistory(storage, publishedKeys(simulation, asked));
    if (history === null) throw missing(`there is no history of ${described(asked)}`);
    const graph = await graphIn(simulation, asked.graph);
    const problem =
      'it has no manifest of ours: the published system keeps no seed, so what happened within its rounds is not known';
    return fromHistory(simulation, graph, history, problem);
  }

  return async (asked) => {
    const simulation = await find(asked.folder);
    refuseGraph(simulation, asked.graph);
    refuseRun(simulation, asked);
    return simulation.manifest === null
      ? openPublished(simulation, asked)
      : openOwn(simulation, asked);
  };
}

function fromHistory(
  { manifest }: StoredSimulation,
  graph: StoredGraph | { readonly problem: string },
  { numbers, values }: StoredHistory,
  problem: string,
): OpenedRun {
  // Without its graph it can be shown all the same, as values over rounds.
  const names = 'problem' in graph ? numbers.map(String) : namesOf(graph);
  if (names.length !== numbers.length) {
    throw impossible(`its history has ${numbers.length} nodes, and its graph has ${names.length}`);
  }
  return {
    names,
    // Who keeps no manifest knows no other aggregate.
    aggregate: (manifest?.spec.aggregate ?? 'minimum') as OpenedRun['aggregate'],
    tolerance: manifest?.spec.tolerance ?? 0,
    lastRound: values.length - 1,
    history: () => values,
    replay: { problem },
  };
}

/** Throws ConnectError where a manifest has no such run. */
function refuseRun({ manifest }: StoredSimulation, asked: AskedPlace): void {
  const { execution, run } = asked;
  const isPlanned =
    manifest === null ||
    (execution <= manifest.executions.length && run <= manifest.spec.repetitions);
  if (isPlanned && execution >= 1 && run >= 1) return;
  throw missing(`there is no ${described(asked)}`);
}

function described({ folder, graph, execution, run }: AskedPlace): string {
  return `run ${run} of execution ${execution} on ${graph} in ${folder}`;
}

function placeOf({ folder, name, manifest }: StoredSimulation, asked: AskedPlace): RunPlace {
  const { graph, execution, run } = asked;
  const executions = manifest!.executions.length;
  const { repetitions } = manifest!.spec;
  return { simulation: name, folder, graph, execution, executions, run, repetitions };
}

/** A folder for executions and for repetitions is there where there are several: nobody says how many there were. */
function publishedKeys({ folder, name }: StoredSimulation, asked: AskedPlace): string[] {
  const { graph, execution, run } = asked;
  const several = (number: number) => (number === 1 ? [2, 1] : [number]);
  return several(execution).flatMap((executions) =>
    several(run).flatMap((repetitions) =>
      historyKeys({ simulation: name, folder, graph, execution, executions, run, repetitions }),
    ),
  );
}
