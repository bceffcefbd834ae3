import { reverseEdges } from '../../src/graph/index.ts';
import { finalValue } from '../../src/host/aggregate.ts';
import { createChoice, createTurns } from '../../src/host/choice.ts';
import type { Nodes } from '../../src/host/exchange.ts';
import type { Host, HostConfiguration } from '../../src/host/host.ts';
import { playTurns } from '../../src/host/play.ts';
import { deriveKey, Purpose, seedWords } from '../../src/host/random.ts';
import { startValues } from '../../src/host/start.ts';

/**
 * A host that is wrong on purpose: `reset` returns the values to their start, but not the memory. Only for the minimum
 * in ascending order.
 */
export function createUnresetHost(): Host {
  let configuration: HostConfiguration;
  let nodes: Nodes;
  let repetition = 0;
  const keyOf = (purpose: number, ...words: number[]) =>
    deriveKey([purpose, ...seedWords(configuration.seed), ...configuration.graphWords, ...words]);
  const progress = () => ({
    converged: nodes.holding === nodes.values.length,
    holding: nodes.holding,
  });
  return {
    async configure(given) {
      configuration = given;
      const { graph } = given;
      nodes = {
        choice: createChoice(graph, given, () => reverseEdges(graph)),
        aggregate: 'minimum',
        values: new Float64Array(graph.nodeCount),
        participations: new Uint32Array(graph.nodeCount),
        final: 0,
        holding: 0,
      };
    },
    async reset(next) {
      repetition = next;
      const { graph, start } = configuration;
      nodes.values.set(startValues(graph, start, 'minimum', keyOf(Purpose.start)));
      nodes.participations.fill(0);
      nodes.final = finalValue('minimum', nodes.values);
      nodes.holding = nodes.values.reduce((sum, value) => sum + Number(value === nodes.final), 0);
      return progress();
    },
    async play(round) {
      const { k0, k1 } = deriveKey([round], keyOf(Purpose.choice, repetition));
      const turns = createTurns(nodes.values.length);
      return { ...playTurns(nodes, null, false, turns, k0, k1), ...progress() };
    },
    values: async () => nodes.values,
    participations: async () => nodes.participations,
    stop: async () => {},
  };
}
