import type { ServiceImpl } from '@connectrpc/connect';
import type { SimulationService } from '../../gen/gossip/v1/simulation_pb.ts';
import type { GraphSource } from '../../graph/index.ts';
import type { OpenRun } from '../../replay/opened-run.ts';
import type { Storage } from '../../storage/index.ts';
import type { Strategies } from '../../strategies/index.ts';
import { compareSimulations } from './compare.ts';
import { createFindSimulation } from './find.ts';
import { getGraph, getMeasure } from './get-graph.ts';
import { getSimulation } from './get-simulation.ts';
import { createGraphWorker } from './graph-worker.ts';
import { listRuns } from './list-runs.ts';
import { listSimulations } from './list-simulations.ts';
import { listStrategies } from './list-strategies.ts';
import { createMeasuredGraphs } from './measured-graphs.ts';
import { createOpenRun } from './open-run.ts';
import { createPrepareRuns } from './prepared-runs.ts';
import { readOnly } from './read-only.ts';
import { createRowsOf } from './rows.ts';
import { createGraphOf } from './stored-graphs.ts';

/** What is read, and with what. */
export interface ReadingOptions {
  readonly storage: Storage;
  readonly strategies: Strategies;
  /**
   * Graphs that are at hand, by their sourceHash: they need not be rebuilt from results, which do not have all. May be
   * added to at any time.
   */
  readonly graphs: ReadonlyMap<string, GraphSource>;
  /**
   * How many simulations have ended that this server plays into the storage: what was read before the last of them did is
   * old.
   */
  readonly ended: () => number;
  /** Ends threads. */
  readonly signal: AbortSignal;
  /** Told in a sentence what only this server's people can mend. */
  readonly notice: (text: string) => void;
}

/** Stored simulations, for those who look. */
export interface Reading {
  readonly handlers: Pick<
    ServiceImpl<typeof SimulationService>,
    | 'listSimulations'
    | 'getSimulation'
    | 'listRuns'
    | 'compareSimulations'
    | 'getGraph'
    | 'getMeasure'
    | 'listStrategies'
  >;
  readonly openRun: OpenRun;
  /** The graph of a stored simulation, to be played on besides. Throws as getGraph. */
  graphOf(folder: string, graph: string): Promise<GraphSource>;
}

/**
 * The handlers of SimulationService that read, and what opens runs for those of src/replay. Their errors are ConnectError
 * and, where what is stored is not right, GossipError `input`. Nothing outside of the storage is read.
 */
export function openReading(options: ReadingOptions): Reading {
  const { strategies, graphs, ended, signal, notice } = options;
  const storage = readOnly(options.storage);
  const find = createFindSimulation(storage, ended);
  const rowsOf = createRowsOf(storage);
  const graphOf = createGraphOf(storage, graphs);
  const measured = createMeasuredGraphs(createGraphWorker(signal));
  return {
    handlers: {
      listSimulations: listSimulations(storage, ended),
      getSimulation: getSimulation(storage, find, rowsOf, graphOf),
      listRuns: listRuns(find, rowsOf),
      compareSimulations: compareSimulations(find, rowsOf),
      getGraph: getGraph(find, graphOf, measured),
      getMeasure: getMeasure(find, graphOf, measured),
      listStrategies: listStrategies(strategies, notice),
    },
    openRun: createOpenRun(storage, find, graphOf, createPrepareRuns(strategies, measured)),
    graphOf: async (folder, graph) => (await graphOf(await find(folder), graph)).source,
  };
}
