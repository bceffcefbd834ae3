import { fromJson, type JsonObject } from '@bufbuild/protobuf';
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import {
  ComparedSchema,
  type Contestant,
  GetServerResponseSchema,
  GetSimulationResponseSchema,
  type GraphPicture,
  GraphPictureSchema,
  type RunPlace,
  RunSchema,
  type SimulationService,
} from '../../gen/gossip/v1/simulation_pb.ts';
import { createReplay, type OpenedRun, openReplay, runHandlers } from '../../replay/index.ts';
import type { Exported } from './exported.ts';
import { hostOf } from './play.ts';

const SIMULATIONS = 200;
const RUNS = 1000;

const missing = (text: string) => new ConnectError(text, Code.NotFound);

/**
 * SimulationService in the browser, for what was exported: stored runs and further ones, whatever their numbers, are played
 * from their seed. What it takes a server for is not there.
 */
export function exportedHandlers(
  exported: Exported,
): Partial<ServiceImpl<typeof SimulationService>> {
  const simulations = exported.simulations.map(({ folder, told, runs, plays }) => ({
    folder,
    plays,
    told: fromJson(GetSimulationResponseSchema, told),
    runs: runs.map((run) => fromJson(RunSchema, run)),
  }));
  const pictures = exported.graphs.map(({ picture }) => fromJson(GraphPictureSchema, picture));
  const contestants = exported.contestants.map(({ alone }) => fromJson(ComparedSchema, alone));

  function simulationIn(folder: string) {
    const found = simulations.find((simulation) => simulation.folder === folder);
    if (found !== undefined) return found;
    throw missing(`there is no simulation in a folder ${folder} of this file`);
  }

  /** What is played on a graph; of the first execution where none is named. */
  function playOn({
    folder,
    graph,
    execution,
  }: Pick<RunPlace, 'folder' | 'graph'> & Partial<RunPlace>) {
    const found = simulationIn(folder).plays.find(
      (play) => play.graph === graph && (execution ?? play.execution) === play.execution,
    );
    if (found !== undefined) return found;
    throw missing(
      `${folder} has no finished run on ${graph}${execution === undefined ? '' : ` of execution ${execution}`}`,
    );
  }

  async function open(place: RunPlace): Promise<OpenedRun> {
    const play = playOn(place);
    const { words } = exported.graphs[play.on];
    const { names, sources, targets }: GraphPicture = pictures[play.on];
    const host = hostOf(play, { nodes: names.length, sources, targets }, words);
    const replay = createReplay({ host, maxRounds: play.maxRounds }, place.run);
    const row = simulationIn(place.folder).runs.find(
      ({ graph, execution, run }) =>
        graph === place.graph && execution === place.execution && run === place.run,
    );
    return openReplay(replay, names, row?.rounds ?? null);
  }

  function indexOf({ folder, graph, execution }: Contestant): number {
    const index = contestants.findIndex(
      ({ contestant }) =>
        contestant?.folder === folder &&
        contestant.graph === graph &&
        contestant.execution === (execution || 1),
    );
    if (index >= 0) return index;
    throw missing(`${folder} has no finished run of execution ${execution || 1} on ${graph}`);
  }

  /** One beside the first; null: it is the first. */
  function compared(index: number, first: number | null) {
    const { alone, with: pairs } = exported.contestants[index];
    if (first === null) return contestants[index];
    const [name, other] = [contestants[index], contestants[first]].map(
      ({ contestant }) => contestant?.graph,
    );
    const unpaired =
      name === other
        ? 'this file has too many executions on its graph to compare each with each'
        : `it is on another graph, ${name}, than the first`;
    return fromJson(ComparedSchema, {
      ...(alone as JsonObject),
      ...((pairs[first] ?? { unpaired }) as JsonObject),
    });
  }

  return {
    ...runHandlers({ open }),
    getServer: () => fromJson(GetServerResponseSchema, exported.server),
    listSimulations({ pageSize, pageToken }) {
      const page = pageOf(simulations, pageSize || SIMULATIONS, pageToken);
      return {
        simulations: page.items.flatMap(({ told }) => told.simulation ?? []),
        nextPageToken: page.nextPageToken,
      };
    },
    getSimulation: ({ folder }) => simulationIn(folder).told,
    listRuns({ folder, graph, execution, pageSize, pageToken }) {
      const runs = simulationIn(folder).runs.filter(
        (run) =>
          (graph === '' || run.graph === graph) && (execution === 0 || run.execution === execution),
      );
      const { items, nextPageToken } = pageOf(runs, pageSize || RUNS, pageToken);
      return { runs: items, nextPageToken };
    },
    compareSimulations({ contestants: asked }) {
      const [first, ...others] = asked.map(indexOf);
      if (first === undefined) throw new ConnectError('nobody is named', Code.InvalidArgument);
      return {
        contestants: [compared(first, null), ...others.map((index) => compared(index, first))],
      };
    },
    getGraph: ({ folder, graph }) => ({ graph: pictures[playOn({ folder, graph }).on] }),
    getMeasure({ folder, graph, measure }) {
      const { measures } = exported.graphs[playOn({ folder, graph }).on];
      const values = Object.hasOwn(measures, measure)
        ? measures[measure]
        : `measure: there is no ${measure}`;
      if (typeof values === 'string') throw new ConnectError(values, Code.InvalidArgument);
      return { values: [...values] };
    },
    listStrategies: () => ({}),
    startSimulations() {
      throw new ConnectError(
        'this is an exported page: it plays what is in it, and starts nothing else',
        Code.PermissionDenied,
      );
    },
  };
}

/** Tokens are how many come before. */
function pageOf<T>(items: readonly T[], size: number, token: string) {
  const from = Number(token) || 0;
  const end = from + size;
  return { items: items.slice(from, end), nextPageToken: end < items.length ? `${end}` : '' };
}
