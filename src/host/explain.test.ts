import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { graphFromEdges } from '../graph/builder.ts';
import type { Graph } from '../graph/graph.ts';
import { reverseEdges } from '../graph/reverse.ts';
import { type ChoiceSettings, createChoice, createTurns, pickAll } from './choice.ts';
import { explainPick } from './explain.ts';
import { remember } from './memory.ts';
import { deriveKey, sequence } from './random.ts';

const ROUNDS = 40;

/** A node with many neighbors (enough for rejection), and these in pairs. */
function wheel(degree: number): Graph {
  const from: number[] = [];
  const to: number[] = [];
  for (let node = 1; node <= degree; node++) {
    from.push(0, node);
    to.push(node, (node % degree) + 1);
  }
  return graphFromEdges(degree + 1, Uint32Array.from(from), Uint32Array.from(to));
}

function settings(graph: Graph, given: Partial<ChoiceSettings>): ChoiceSettings {
  const draw = sequence(deriveKey([graph.nodeCount]));
  const weights = Float64Array.from(graph.neighbors, () => Math.max(0, draw() - 0.2));
  return { weights, memory: 'none', priorPartnerFactor: 0.01, ...given };
}

const CASES: Readonly<
  Record<string, { given: Partial<ChoiceSettings>; says: RegExp; draws: number[] }>
> = {
  uniform: { given: { weights: null }, says: / neighbors = /, draws: [1] },
  'fixed weights': { given: {}, says: /own part|which leads to/, draws: [1] },
  memory: {
    given: { memory: 'complex' },
    says: /sum of the weights|taken|all weights are 0/,
    draws: [1, 2, 4, 6, 8, 9],
  },
  'memory that leaves no weight': {
    given: { memory: 'plain', priorPartnerFactor: 0 },
    says: /sum of the weights|taken|all weights are 0/,
    draws: [1, 2, 4, 6, 8, 9],
  },
};

for (const [what, { given, says, draws }] of Object.entries(CASES)) {
  test(`an explained pick is the pick that was made: ${what}`, () => {
    const derivations: string[] = [];
    for (const degree of [5, 100]) {
      const graph = wheel(degree);
      const choice = createChoice(graph, settings(graph, given), () => reverseEdges(graph));
      const turns = createTurns(graph.nodeCount);
      turns.count = graph.nodeCount;
      for (let node = 0; node < graph.nodeCount; node++) {
        turns.initiators[node] = node;
        turns.counters[node] = node;
      }
      for (let round = 1; round <= ROUNDS; round++) {
        const key = deriveKey([round]);
        pickAll(choice, turns, key.k0, key.k1);
        for (let node = 0; node < graph.nodeCount; node++) {
          const row = (weights: Float64Array) =>
            weights.slice(graph.offsets[node], graph.offsets[node + 1]);
          const weights = row(choice.memory?.weights ?? new Float64Array(graph.neighbors.length));
          const pick = { initiator: node, weights, counter: node, key };
          const explained = explainPick(choice, pick, (of) => `node ${of}`);
          const partner = turns.partners[node];
          assert.is(explained.partner, partner);
          assert.ok(draws.includes(explained.draws.length), explained.derivation);
          assert.ok(explained.draws.every((draw) => draw >= 0 && draw < 1));
          assert.match(explained.derivation, says);
          assert.match(explained.derivation, `(node ${partner})`);
          derivations.push(explained.derivation);
        }
        if (choice.memory !== null) for (const slot of turns.slots) remember(choice.memory, slot);
      }
    }
    if (given.memory !== undefined) {
      assert.ok(
        derivations.some((text) => text.includes(': taken')),
        'by rejection',
      );
      assert.ok(
        derivations.some((text) => text.includes(': again; ')),
        'after a rejection',
      );
    }
    if (given.priorPartnerFactor === 0) {
      assert.ok(derivations.some((text) => text.includes('all weights are 0')));
    }
  });
}

test.run();
