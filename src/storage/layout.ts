/**
 * Where the objects of a simulation are: the published system's keys, so that its readers find them, and our own
 * further files, which none of its readers meets by listing `<simulation folder>/<graph>/`. Names are DNS-1123
 * subdomains, so no graph's begins with '_'.
 */
import { inputError } from '../errors.ts';

/** The place of one run among the objects of its simulation. */
export interface RunPlace {
  /** The simulation's name, which its files begin with. */
  readonly simulation: string;
  /** See simulationFolder. */
  readonly folder: string;
  /** The graph's name. */
  readonly graph: string;
  /** Which combination of parameters, from 1, of how many. */
  readonly execution: number;
  readonly executions: number;
  /** Which repetition, from 1, of how many. */
  readonly run: number;
  readonly repetitions: number;
}

/** Our own files in a simulation's folder; no graph can have such a name. */
const OWN_FILES = ['manifest.json', 'runs.csv', 'timings.csv'];

/** The folder of all that one simulation leaves. */
export function simulationFolder(simulation: string, id: string): string {
  return `${simulation}-${id}`;
}

/**
 * The published folder of a combination: exec-<i> only where there are several.
 * @throws GossipError `input` where the graph has the name of one of our own files.
 */
export function executionFolder(
  place: Omit<RunPlace, 'simulation' | 'run' | 'repetitions'>,
): string {
  const { folder, graph } = place;
  if (OWN_FILES.includes(graph)) {
    throw inputError(
      `a graph cannot be named "${graph}": results keep a file of this name; rename it`,
    );
  }
  return `${folder}/${graph}${executionPart(place)}`;
}

/** The published folder of a run: run-<j> only where there are several repetitions. Throws as executionFolder. */
export function runFolder(place: Omit<RunPlace, 'simulation'>): string {
  return executionFolder(place) + runPart(place);
}

/** A run's parameters and rounds (summaryObject). */
export function summaryKey(place: RunPlace): string {
  return `${runFolder(place)}/${place.simulation}_summary.json`;
}

/** All values after each round of a run (historyWriter). */
export function historyKey(place: RunPlace): string {
  return `${runFolder(place)}/${place.simulation}_node_value_history.json`;
}

/** All values after a round of a run (from 0) with their graph, as GEXF. */
export function gexfKey(place: RunPlace, round: number): string {
  return `${runFolder(place)}/rounds/${place.graph}-round-${round}.gexf`;
}

/** The average over the repetitions of a combination (averageObject), where there are several. */
export function averageKey(place: RunPlace): string {
  return `${executionFolder(place)}/${place.simulation}_averaged_result.json`;
}

/** A run's row of runs.csv (runObject): the last object that a run leaves, so it marks the run finished. */
export function runKey(place: RunPlace): string {
  return `${ownRunFolder(place)}/${place.simulation}_run.json`;
}

/** What changed in each round of a run. */
export function changesKey(place: RunPlace): string {
  return `${ownRunFolder(place)}/${place.simulation}_changes.jsonl`;
}

/** An animated picture of a run's rounds. */
export function gifKey(place: RunPlace): string {
  return `${ownRunFolder(place)}/${place.simulation}_rounds.gif`;
}

/** A picture of some of a run's rounds side by side. */
export function pngKey(place: RunPlace): string {
  return `${ownRunFolder(place)}/${place.simulation}_rounds.png`;
}

/** A graph's nodes by number, with their labels. */
export function nodesKey({ folder, graph }: Pick<RunPlace, 'folder' | 'graph'>): string {
  return `${folder}/_gossip/${graph}/nodes.csv`;
}

/** The simulation's manifest: the first object written. */
export function manifestKey(folder: string): string {
  return `${folder}/manifest.json`;
}

/** The table of all runs (runsCsv): the last object written. */
export function runsCsvKey(folder: string): string {
  return `${folder}/runs.csv`;
}

/** What the runs took where they were played on processes: the one object that differs each time. */
export function timingsCsvKey(folder: string): string {
  return `${folder}/timings.csv`;
}

function ownRunFolder(place: RunPlace): string {
  return `${place.folder}/_gossip/${place.graph}${executionPart(place)}${runPart(place)}`;
}

function executionPart({
  execution,
  executions,
}: Pick<RunPlace, 'execution' | 'executions'>): string {
  return executions > 1 ? `/exec-${execution}` : '';
}

function runPart({ run, repetitions }: Pick<RunPlace, 'run' | 'repetitions'>): string {
  return repetitions > 1 ? `/run-${run}` : '';
}
