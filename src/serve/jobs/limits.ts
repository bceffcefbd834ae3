import { Code } from '@connectrpc/connect';
import type { Limits } from './jobs.ts';
import type { PreparedSimulation } from './prepare.ts';
import { ofRequest, refusal } from './problems.ts';

/**
 * Refuses what is more than this server plays.
 *
 * @param waiting how many would wait
 * @throws ConnectError ResourceExhausted that says the limits
 */
export function refuseBeyond(
  limits: Limits,
  simulations: readonly PreparedSimulation[],
  waiting: number,
): void {
  const problems: string[] = [];
  for (const { name, graphs, runs } of simulations) {
    for (const { source } of graphs) {
      const { nodeCount } = source.graph;
      if (isBeyond(nodeCount, limits.nodes))
        problems.push(
          `the graph ${source.name} has ${nodeCount} nodes: at most ${limits.nodes} are played here`,
        );
    }
    if (isBeyond(runs, limits.runs)) {
      problems.push(
        `${name} has ${runs} runs (graphs, combinations of parameters and repetitions): at most ${limits.runs} are played here`,
      );
    }
  }
  if (isBeyond(waiting, limits.waiting)) {
    problems.push(
      `${waiting} simulations would wait for their turn: at most ${limits.waiting} do here; try again when some are over`,
    );
  }
  if (problems.length > 0)
    throw refusal([...new Set(problems)].map(ofRequest), Code.ResourceExhausted);
}

function isBeyond(count: number, limit: number): boolean {
  return limit > 0 && count > limit;
}
