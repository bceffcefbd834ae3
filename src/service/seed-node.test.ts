import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { randomRegular, star } from '../graph/generators/index.ts';
import { contentHash, type Graph, graphFromEdges } from '../graph/index.ts';
import { createView } from '../graph/measures/index.ts';
import { createHost, deriveKey, sequence } from '../host/index.ts';
import { weigh } from '../runner/weights.ts';
import { executions, type Measure, openStrategies } from '../strategies/index.ts';
import { readNodeEnvironment } from './environment.ts';
import { NODE } from './node.fixture.ts';
import { createSeedNode, type SeedNode } from './seed-node.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/strategies', import.meta.url));
const STRATEGIES = openStrategies([EXAMPLES]);
const SEED = 2 ** 40 + 7;

/** What might have been measured of a graph; not its real measures. */
function measuresOf(graph: Graph) {
  const random = sequence(deriveKey([3]));
  const scores = () => Float64Array.from({ length: graph.nodeCount }, random);
  return {
    communities: Uint32Array.from({ length: graph.nodeCount }, () => random() * 3),
    betweenness: scores(),
    eigenvector: scores(),
    hubScore: scores(),
    decimals: 4,
  };
}

const VARIABLE: Readonly<Record<Measure, string>> = {
  degree: 'DEGREES_NEIGHBORS',
  sameCommunity: 'COMMUNITY_NEIGHBORS',
  community: 'NEIGHBORING_COMMUNITIES',
  communityProbability: 'SAME_COMMUNITY_PROBABILITIES_NEIGHBORS',
  betweenness: 'BETWEENNESS_CENTRALITIES_NEIGHBORS',
  eigenvector: 'EIGENVECTOR_CENTRALITIES_NEIGHBORS',
  hubScore: 'HUB_SCORES_NEIGHBORS',
};

/** The nodes of a graph, each made from an environment as the operator writes them. */
async function nodesOf(graph: Graph, more: Record<string, string>): Promise<SeedNode[]> {
  const { strategy } = await STRATEGIES.load(more.ALGORITHM);
  const { view, look } = createView(graph, strategy.measures, measuresOf(graph));
  const nodes: SeedNode[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    look(node);
    const neighbors = graph.neighbors.subarray(graph.offsets[node], graph.offsets[node + 1]);
    const names = Array.from(neighbors, (neighbor) => `sim-g0-n${neighbor}`);
    const lists = strategy.measures.map((measure) => {
      const numbers = [...view.measures[measure].subarray(0, names.length)];
      const items =
        measure === 'sameCommunity' ? names.filter((_, k) => numbers[k] === 1) : numbers;
      return [VARIABLE[measure], items.join()];
    });
    const environment = {
      HOSTNAME: `sim-g0-n${node}`,
      NEIGHBORS: names.join(),
      REPETITIONS: '2',
      RANDOM_INITIALIZATION: 'True',
      FACTOR: '1.5,3.0',
      PRIOR_PARTNER_FACTOR: '0.5,0.1',
      WEIGHTING_PARAM_A: '0.25,1.0',
      SEED: String(SEED),
      GRAPH_HASH: Buffer.from(contentHash(graph)).toString('hex'),
      STRATEGY_DIR: EXAMPLES,
      ...Object.fromEntries(lists),
      ...more,
    };
    nodes.push(await createSeedNode(readNodeEnvironment(environment)));
  }
  return nodes;
}

/** Plays rounds as the seed's runner does, on nodes and on the in-memory host, and compares after each. */
async function compare(graph: Graph, name: string): Promise<void> {
  const nodes = await nodesOf(graph, { ALGORITHM: name });
  const algorithm = await STRATEGIES.load(name);
  const sweep = { factor: [1.5, 3], priorPartnerFactor: [0.5, 0.1], weightingParamA: [0.25, 1] };
  const { buffer, byteOffset } = contentHash(graph);
  const bytes = new DataView(buffer, byteOffset);
  let resets = 0;
  for (const parameters of executions(algorithm, sweep)) {
    const host = createHost();
    await host.configure({
      graph,
      graphWords: [0, 4, 8, 12].map((offset) => bytes.getUint32(offset, true)),
      seed: SEED,
      aggregate: 'minimum',
      schedule: 'ascending',
      start: { kind: 'random' },
      redraw: 'graph',
      tolerance: 0.01,
      weights: weigh(graph, algorithm.strategy, parameters, measuresOf(graph)).slots,
      memory: algorithm.memory,
      priorPartnerFactor: Number(parameters.priorPartnerFactor ?? 1),
    });
    for (const repetition of [1, 2]) {
      if (resets++ > 0) for (const node of nodes) node.reset();
      await host.reset(repetition);
      for (let round = 0; round <= 4; round++) {
        if (round > 0) {
          await host.play(round);
          for (const node of nodes) {
            const partner = nodes[Number(node.pick().slice('sim-g0-n'.length))];
            node.meet(partner.name, partner.meet(node.name, node.value()));
          }
        }
        const where = `${name} ${JSON.stringify(parameters)}, run ${repetition}, round ${round}`;
        assert.equal(
          nodes.map((node) => node.value()),
          [...(await host.values())],
          where,
        );
        assert.equal(
          nodes.map((node) => node.history().length - 1),
          [...(await host.participations())],
          where,
        );
      }
    }
  }
}

/** Two hubs, and leaves on either or both: degrees on both sides of what the host calls large. */
const HUBS = graphFromEdges(
  100,
  Uint32Array.from({ length: 150 }, (_, edge) => (edge < 90 ? 0 : 1)),
  Uint32Array.from({ length: 150 }, (_, edge) => (edge < 90 ? edge + 2 : edge - 50)),
);

for (const name of STRATEGIES.names()) {
  test(`seed node: ${name} plays as in memory, over a sweep of parameters and all repetitions`, async () => {
    await compare(randomRegular(16, 5, sequence(deriveKey([5]))), name);
  });
}

test('seed node: hubs play as in memory', async () => {
  for (const name of ['default', 'default_memory', 'weighted_factor_complex_memory']) {
    await compare(HUBS, name);
    await compare(star(70), name);
  }
});

async function node(variables: Record<string, string>): Promise<SeedNode> {
  return createSeedNode(readNodeEnvironment({ ...NODE, ...variables }));
}

test('seed node: the history has an entry a participation, also where the value stays', async () => {
  const it = await node({});
  assert.equal(it.history(), [50]);
  assert.is(it.meet('sim-g0-n2', 60), 50);
  assert.is(it.meet('sim-g0-n7', -3), -3);
  assert.is(it.meet('sim-g0-n7', -3), -3);
  assert.equal(it.history(), [50, 50, -3, -3]);
  it.reset();
  assert.is(it.value(), 50);
  assert.equal(it.history(), [50]);
});

test('seed node: a random first value is from 0 to 100, kept over resets, and the seed says which', async () => {
  const starts = new Set<number>();
  for (let seed = 0; seed < 2000; seed++) {
    const it = await node({ RANDOM_INITIALIZATION: 'True', SEED: String(seed) });
    const first = it.value();
    starts.add(first);
    it.meet('sim-g0-n2', -1);
    it.reset();
    assert.is(it.value(), first);
  }
  assert.is(starts.size, 101, 'every integer from 0 to 100, none else');
  assert.is(Math.min(...starts), 0);
  assert.is(Math.max(...starts), 100);
});

test('seed node: without SEED, every node draws one', async () => {
  assert.is.not((await node({})).seed, (await node({})).seed);
});

/** The share of 400 picks that are the first neighbor, none of them followed by an exchange. */
function share(it: SeedNode): number {
  let count = 0;
  for (let turn = 0; turn < 400; turn++) if (it.pick() === 'sim-g0-n2') count++;
  return count / 400;
}

test('seed node: after every REPETITIONS resets come the next parameters, the last fastest', async () => {
  // Weights 1e9 : 1 and 1 : 1 by factor; then nothing or all of it by the prior factor of a neighbor met.
  const it = await node({
    ALGORITHM: 'weighted_factor_memory',
    COMMUNITY_NEIGHBORS: 'sim-g0-n2',
    FACTOR: '1e9,1',
    PRIOR_PARTNER_FACTOR: '0,1',
    REPETITIONS: '2',
    SEED: '1',
  });
  const seen: string[] = [];
  for (let run = 1; run <= 8; run++) {
    if (run > 1) it.reset();
    const before = share(it);
    it.meet('sim-g0-n2', 99);
    seen.push(`${before > 0.9 ? 'all' : 'half'} ${share(it) === 0 ? 'none' : 'some'}`);
  }
  const expected = ['all none', 'all some', 'half none', 'half some'];
  assert.equal(
    seen,
    expected.flatMap((kind) => [kind, kind]),
  );
  it.reset();
  it.meet('sim-g0-n2', 99);
  assert.ok(share(it) > 0.3 && share(it) < 0.7, 'after the last combination it stays');
});

test('seed node: memory counts contacts from either side; only complex memory forgets', async () => {
  for (const [memory, forgets] of [
    ['memory', false],
    ['complex_memory', true],
  ] as const) {
    const it = await node({ ALGORITHM: `default_${memory}`, PRIOR_PARTNER_FACTOR: '0', SEED: '1' });
    assert.ok(share(it) > 0.3 && share(it) < 0.7);
    it.meet('sim-g0-n2', 50);
    assert.is(share(it), 0);
    it.meet('sim-g0-n7', 7);
    // Both met: uniform. With forgetting, only the one that changed the value is.
    assert.ok(forgets ? share(it) === 1 : share(it) > 0.3 && share(it) < 0.7);
    it.meet('a-stranger', 7);
    it.reset();
    assert.ok(share(it) > 0.3 && share(it) < 0.7);
  }
});

test('seed node: a strategy whose weights are wrong is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-'));
  try {
    writeFileSync(
      join(folder, 'bad.js'),
      "export default { summary: 'x', parameters: {}, measures: [], weigh: (_, __, out) => out.set([1, -1]) };",
    );
    let message = '';
    await node({ ALGORITHM: 'bad', STRATEGY_DIR: folder }).catch((error) => {
      message = error.message;
    });
    assert.match(message, /^ALGORITHM bad gives the neighbor sim-g0-n7 the weight -1: a weight is/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
