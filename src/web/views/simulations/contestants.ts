import type { Simulation } from '../../../gen/gossip/v1/simulation_pb.ts';

/** What is chosen to be compared: a simulation, or one execution of it on one graph, as the URL has it. */
export interface Choice {
  readonly folder: string;
  /** Empty: one that all have. */
  readonly graph: string;
  /** From 1. */
  readonly execution: number;
}

/** Reads "folder" or "folder/graph/execution". */
export function parseChoice(text: string): Choice {
  const [folder, graph = '', execution = ''] = text.split('/');
  // More digits would not fit into a request.
  return { folder, graph, execution: /^[1-9]\d{0,8}$/.test(execution) ? Number(execution) : 1 };
}

/** The inverse of parseChoice. */
export function choiceParam({ folder, graph, execution }: Choice): string {
  return graph === '' ? folder : `${folder}/${graph}/${execution}`;
}

/**
 * What the compare view is to compare: where no graph was chosen, the first one that all have. Or why they cannot be
 * compared, in words.
 */
export function contestants(
  choices: readonly Choice[],
  simulations: readonly Pick<Simulation, 'folder' | 'graphs'>[],
): { readonly with: string[] } | { readonly problem: string } {
  const folders = new Map(simulations.map((simulation) => [simulation.folder, simulation.graphs]));
  const unknown = choices.find(({ folder }) => !folders.has(folder));
  if (unknown !== undefined) return { problem: `There is no ${unknown.folder.slice(0, 80)} here.` };
  const graphs = choices.map(({ folder, graph }) =>
    graph === '' ? folders.get(folder)! : [graph],
  );
  const [first = [], ...others] = graphs;
  const shared = first.find((graph) => others.every((list) => list.includes(graph)));
  if (shared === undefined) return { problem: 'They have no graph in common.' };
  return { with: choices.map((choice) => choiceParam({ ...choice, graph: shared })) };
}
