import { create, type JsonValue, toJson } from '@bufbuild/protobuf';
import { type Client, Code, ConnectError } from '@connectrpc/connect';
import { inputError } from '../errors.ts';
import {
  ComparedSchema,
  type Contestant,
  ContestantSchema,
  type GetServerResponse,
  GetServerResponseSchema,
  GetSimulationResponseSchema,
  GraphPictureSchema,
  type Run,
  RunPlaceSchema,
  RunSchema,
  type SimulationService,
} from '../gen/gossip/v1/simulation_pb.ts';
import type { HostConfiguration } from '../host/index.ts';
import type { OpenRun } from '../replay/index.ts';
import { parseManifest } from '../runner/index.ts';
import type {
  Exported,
  ExportedContestant,
  ExportedGraph,
  ExportedPlay,
  ExportedSimulation,
} from '../web/offline/exported.ts';
import { playOf } from '../web/offline/play.ts';

/** What answers for the simulations that are exported. */
export interface Source {
  readonly client: Pick<
    Client<typeof SimulationService>,
    'getSimulation' | 'listRuns' | 'getGraph' | 'getMeasure' | 'compareSimulations'
  >;
  readonly openRun: OpenRun;
}

/** A browser plays graphs of so many nodes in no time. */
export const MOST_NODES = 1000;
/** More would not fit into a file of a size that browsers read at once, by far. */
const MOST_RUNS = 100_000;
const MOST_WEIGHTS = 4_000_000;
/** Executions on a graph that are compared with each other: comparisons grow with the square. */
const MOST_COMPARED = 50;
/** Of CompareSimulations, beside the first. */
const COMPARED_AT_ONCE = 15;
const MEASURES = ['degree', 'betweenness', 'eigenvector', 'hubScore'] as const;

/**
 * All that a page needs to show these simulations and play their runs without a server.
 *
 * @param folders of the simulations
 * @throws GossipError `input` for one that cannot be exported, in words; ConnectError where its results cannot be read
 */
export async function gather(
  { client, openRun }: Source,
  server: GetServerResponse,
  folders: readonly string[],
  signal: AbortSignal,
): Promise<Exported> {
  let listed = 0;
  let weighed = 0;
  const graphs: ExportedGraph[] = [];
  const placeOf = new Map<string, number>();
  const simulations: ExportedSimulation[] = [];
  const contestants: Contestant[] = [];
  for (const folder of folders) {
    signal.throwIfAborted();
    const told = await client.getSimulation({ folder });
    refuse(folder, told.manifest, told.graphs);
    const { maxRounds } = parseManifest(Buffer.from(told.manifest), `${folder}/manifest.json`).spec;
    const runs = await allRuns(folder);
    listed += runs.length;
    if (listed > MOST_RUNS) {
      throw inputError(`an exported page lists up to ${MOST_RUNS} runs: name fewer simulations`);
    }
    const plays: ExportedPlay[] = [];
    for (const first of firstRuns(runs)) {
      const { graph, execution, run } = first;
      const { replay } = await openRun(create(RunPlaceSchema, { folder, graph, execution, run }));
      if ('problem' in replay) {
        throw inputError(`${folder} cannot be played again on ${graph}: ${replay.problem}`);
      }
      const host = replay.configuration;
      weighed += host.weights?.length ?? 0;
      if (weighed > MOST_WEIGHTS) {
        throw inputError(
          'the weights of these simulations are too many for one file: name fewer simulations',
        );
      }
      const on = await graphOf(folder, graph, host);
      plays.push(playOf(host, { graph, execution, on, maxRounds: maxRounds! }));
      contestants.push(create(ContestantSchema, { folder, graph, execution }));
    }
    simulations.push({
      folder,
      told: toJson(GetSimulationResponseSchema, told),
      runs: runs.map((run) => toJson(RunSchema, run)),
      plays,
    });
  }
  return {
    format: 1,
    server: toJson(GetServerResponseSchema, server),
    graphs,
    simulations,
    contestants: await compareAll(contestants),
  };

  async function allRuns(folder: string): Promise<Run[]> {
    const all: Run[] = [];
    let pageToken = '';
    do {
      const { runs, nextPageToken } = await client.listRuns({
        folder,
        pageSize: 10_000,
        pageToken,
      });
      all.push(...runs);
      pageToken = nextPageToken;
    } while (pageToken !== '');
    return all;
  }

  /** Its place among the graphs, as which it is added where it is not there yet. */
  async function graphOf(folder: string, name: string, host: HostConfiguration): Promise<number> {
    const { graph: picture } = await client.getGraph({ folder, graph: name });
    const json = toJson(GraphPictureSchema, picture!);
    const key = JSON.stringify([json, host.graphWords]);
    if (!placeOf.has(key)) {
      const measures: Record<string, number[] | string> = {};
      for (const measure of MEASURES) measures[measure] = await measured(folder, name, measure);
      placeOf.set(key, graphs.length);
      graphs.push({ picture: json, words: host.graphWords, measures });
    }
    return placeOf.get(key)!;
  }

  async function measured(folder: string, graph: string, measure: string) {
    try {
      return (await client.getMeasure({ folder, graph, measure })).values;
    } catch (error) {
      // It is not defined on every graph.
      if (error instanceof ConnectError && error.code === Code.InvalidArgument) {
        return error.rawMessage;
      }
      throw error;
    }
  }

  async function compareAll(all: readonly Contestant[]): Promise<ExportedContestant[]> {
    const compared = all.map((): { alone: JsonValue; with: (JsonValue | null)[] } => ({
      alone: null,
      with: all.map(() => null),
    }));
    for (const indices of Map.groupBy(all.keys(), (index) => all[index].graph).values()) {
      const opponents = indices.length > MOST_COMPARED ? [] : indices;
      for (const first of indices) {
        signal.throwIfAborted();
        let from = 0;
        do {
          const others = opponents.slice(from, from + COMPARED_AT_ONCE);
          const asked = [first, ...others].map((index) => all[index]);
          const [itself, ...rest] = (await client.compareSimulations({ contestants: asked }))
            .contestants;
          compared[first].alone ??= toJson(ComparedSchema, itself);
          for (const [i, { speedUp, unpaired }] of rest.entries()) {
            const pair = create(ComparedSchema, { speedUp, unpaired });
            compared[others[i]].with[first] = toJson(ComparedSchema, pair);
          }
          from += COMPARED_AT_ONCE;
        } while (from < opponents.length);
      }
    }
    return compared;
  }
}

/** Throws where a simulation cannot be exported. */
function refuse(
  folder: string,
  manifest: string,
  graphs: readonly { readonly name: string; readonly nodes: number }[],
): void {
  if (manifest === '') {
    throw inputError(
      `${folder} has no manifest of ours, so its seed is not known and nothing of it can be played: name other simulations`,
    );
  }
  const large = graphs.find(({ nodes }) => nodes > MOST_NODES);
  if (large === undefined) return;
  throw inputError(
    `${folder} has runs on ${large.name}, a graph of ${large.nodes} nodes: an exported page plays graphs of up to ${MOST_NODES}; name other simulations (gossip serve shows large ones)`,
  );
}

/** The first run of each execution on each graph, in their order. */
function firstRuns(runs: readonly Run[]): Run[] {
  return runs.filter(({ graph, execution }, index) => {
    const before = runs[index - 1];
    return before?.graph !== graph || before.execution !== execution;
  });
}
