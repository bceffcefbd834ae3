import { inputError } from '../../errors.ts';

/** Throws a GossipError where nodeCount is not an integer from minimum to maximum (default 2^32 - 2). */
export function requireNodeCount(nodeCount: number, minimum: number, maximum = 2 ** 32 - 2): void {
  if (!Number.isInteger(nodeCount) || nodeCount < minimum || nodeCount > maximum) {
    throw inputError(
      `a graph of ${nodeCount} nodes cannot be made: this one has an integer number of nodes, ${minimum} to ${maximum}`,
    );
  }
}
