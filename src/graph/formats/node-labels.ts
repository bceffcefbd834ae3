import { inputError } from '../../errors.ts';
import type { Graph } from '../graph.ts';
import { checkLabel } from './label.ts';

const field = 'spec.nodeLabels';

/**
 * The graph whose nodes are called as a resource says, in their order; unchanged where it says nothing. Throws
 * GossipError `input` with the place where the labels are wrong.
 */
export function withLabels(
  graph: Graph,
  labels: readonly string[] | undefined,
  place: string,
): Graph {
  if (labels === undefined) return graph;
  const { nodeCount, numbers } = graph;
  if (labels.length !== nodeCount) {
    throw inputError(
      `${place}: there are ${labels.length} labels for ${nodeCount} nodes: give one a node`,
      { field },
    );
  }
  if (numbers !== null) {
    throw inputError(
      `${place}: the numbers of nodes with labels are 0 to ${nodeCount - 1}, in adjacencyList too`,
      { field },
    );
  }
  const known = new Set<string>();
  for (const label of labels) {
    if (known.has(checkLabel(label, place)))
      throw inputError(`${place}: two nodes are called ${JSON.stringify(label)}`, { field });
    known.add(label);
  }
  return { ...graph, labels };
}
