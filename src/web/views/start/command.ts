import type { GraphChoice } from './form.ts';
import type { Resource } from './resources.ts';

/** Fields of the spec that are no flags. */
const NO_FLAGS = ['graphSelector', 'algorithm', 'parameters'];

/**
 * The command lines that play what a form describes: one for all algorithms, or one each where a parameter of a user's
 * own strategy is not known to all.
 *
 * @param name of the simulations, before the algorithm's
 * @param file of the graph
 */
export function commandsOf(
  resources: readonly Resource[],
  graph: GraphChoice,
  name: string,
  file: string,
): string[] {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const own = JSON.stringify(resource.spec.parameters ?? null);
    groups.set(own, [...(groups.get(own) ?? []), resource]);
  }
  return [...groups.values()].map((group) => commandOf(group, graph, name, file));
}

/** The file that a graph is in: examples are in the folder of that name. */
export function graphFile(graph: GraphChoice): string {
  return graph.kind === 'example' ? `examples/${graph.name}.yaml` : `${graph.name}.yaml`;
}

function commandOf(
  resources: readonly Resource[],
  graph: GraphChoice,
  name: string,
  file: string,
): string {
  // Those of one command share their fields, but for parameters that some have no use for: they pass over them.
  const spec: Record<string, unknown> = Object.assign({}, ...resources.map(({ spec }) => spec));
  const algorithms = resources.map((resource) => resource.spec.algorithm).join(',');
  const flags = ['--algorithm', algorithms];
  if (name !== graph.name) flags.push('--name', name);
  for (const [field, value] of Object.entries(spec)) {
    if (!NO_FLAGS.includes(field)) flags.push(flagOf(field), [value].flat().join(','));
  }
  for (const [parameter, values] of Object.entries(spec.parameters ?? {})) {
    flags.push('--parameter', `${parameter}=${[values].flat().join(',')}`);
  }
  return ['gossip', 'run', file, ...flags].map(shellWord).join(' ');
}

function flagOf(field: string): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A word as a shell reads it, whatever it is made of. */
function shellWord(word: string): string {
  return /^[\w./,:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command line that plays files, on graphs besides. */
export function fileCommand(files: readonly string[], graphs: readonly GraphChoice[]): string {
  return ['gossip', 'run', ...files, ...graphs.map(graphFile)].map(shellWord).join(' ');
}
