import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createHistoryDecoder } from '../../replay/index.ts';
import { roundsOf } from '../../results/index.ts';
import { memoryStorage, publishedObjects } from '../../results/storage.fixture.ts';
import type { HistoryKind } from '../../runner/index.ts';
import { changesKey, historyKey, manifestKey, type Storage } from '../../storage/index.ts';
import { openStrategies } from '../../strategies/index.ts';
import { inResults, playInto, reader, refused } from './reading.fixture.ts';

const PUBLISHED = 'sim-wf-18946627-0e7d-45dd-8abb-66cb11d4e211';
const OWN_STRATEGIES = fileURLToPath(new URL('../../../examples/strategies', import.meta.url));

type Client = ReturnType<typeof reader>;
type Place = { folder: string; graph: string; execution?: number; run?: number };

/** The values of all nodes after each round, as the service tells them. */
async function valuesByRound(client: Client, place: Place, rounds: number): Promise<number[][]> {
  const values: number[][] = [];
  for (let round = 0; round <= rounds; round++) {
    values.push((await client.getValues({ place, round })).values);
  }
  return values;
}

/** The same from a stored history. */
async function storedValues(storage: Storage, key: string): Promise<number[][]> {
  const text = new TextDecoder().decode((await storage.get(key))!);
  return roundsOf(key, text)!.map(({ nodes }) => Object.values(nodes) as number[]);
}

const placeOf = (folder: string, executions: number, execution: number, run: number) => ({
  ...{ simulation: 'club-weighted-factor-memory', folder, graph: 'karate' },
  ...{ execution, executions, run, repetitions: 6 },
});

test('a run of ours is played again, round for round what is stored', () =>
  inResults(async (storage) => {
    const { plan, rows } = await playInto(storage, 'weighted_factor_memory', {
      spec: { factor: [1.5, 3] },
    });
    const client = reader(storage);
    for (const [execution, run] of [
      [1, 1],
      [2, 5],
    ]) {
      const place = { folder: plan.folder, graph: 'karate', execution, run };
      const row = rows[(execution - 1) * 6 + run - 1];
      const key = historyKey(placeOf(plan.folder, 2, execution, run));
      const stored = await storedValues(storage, key);
      assert.equal(await valuesByRound(client, place, row.num_rounds), stored);
      const { initiators } = await client.getExchanges({ place, round: 1 });
      assert.is(initiators.length, 34);
      const call = client.getValues({ place, round: row.num_rounds + 1 });
      await refused(call, Code.OutOfRange);
      const decoder = createHistoryDecoder();
      for await (const { part } of client.readHistory({ place })) decoder.add(part!);
      assert.is(decoder.beginning?.lastRound, row.num_rounds);
    }
    const { name } = await client.getNode({
      place: { folder: plan.folder, graph: 'karate' },
      node: 33,
    });
    assert.is(name, '33');
  }));

test('a run on one of several graphs, its strategy having measured them', () =>
  inResults(async (storage) => {
    const { karate } = await import('./reading.fixture.ts');
    const club = await karate();
    const graphs = [club, { ...club, name: 'other', graphType: 'copy' }];
    const { plan } = await playInto(storage, 'betweenness_community_probabilities', { graphs });
    const place = { folder: plan.folder, graph: 'other', execution: 1, run: 2 };
    const key = historyKey({
      ...{ simulation: plan.name, executions: 1, repetitions: 6, ...place },
    });
    const stored = await storedValues(storage, key);
    assert.equal(await valuesByRound(reader(storage), place, stored.length - 1), stored);
  }));

for (const history of ['rounds', 'changes', 'none'] as HistoryKind[]) {
  test(`a strategy that this server does not have, with --history ${history}`, () =>
    inResults(async (storage) => {
      const strategies = openStrategies([OWN_STRATEGIES]);
      const { plan, rows } = await playInto(storage, 'low_degree', { strategies, history });
      const place = { folder: plan.folder, graph: 'karate', execution: 1, run: 3 };
      const own = reader(storage, { strategies });
      const played = await valuesByRound(own, place, rows[2].num_rounds);

      const client = reader(storage);
      const call = client.getValues({ place, round: 0 });
      if (history === 'none') {
        const said = await refused(call, Code.FailedPrecondition);
        assert.match(
          said,
          /no history of it is stored.*low_degree is a strategy of its author's own/,
        );
        return;
      }
      assert.equal(await valuesByRound(client, place, rows[2].num_rounds), played);
      const exchanges = client.getExchanges({ place, round: 1 });
      const said = await refused(exchanges, Code.FailedPrecondition);
      assert.match(said, /low_degree is a strategy of its author's own/);
    }));
}

test('another strategy of the same name is not taken, and its place is not told', () =>
  inResults(async (storage, path) => {
    const strategies = openStrategies([OWN_STRATEGIES]);
    const { plan } = await playInto(storage, 'low_degree', { strategies });
    writeFileSync(
      join(path, 'low_degree.ts'),
      "export default { summary: 'x', parameters: { power: { type: 'number', description: '', default: 1 } }, measures: [], weigh(view, _, out) { out.fill(1, 0, view.degree); } };",
    );
    const client = reader(storage, { strategies: openStrategies([path]) });
    const place = { folder: plan.folder, graph: 'karate' };
    const said = await refused(client.getExchanges({ place, round: 1 }), Code.FailedPrecondition);
    assert.match(said, /low_degree\.ts: this strategy is not the one/);
    assert.not(said.includes(path), said);
    assert.is((await client.getValues({ place, round: 0 })).values.length, 34);
  }));

test('a manifest that was edited is not played', () =>
  inResults(async (storage) => {
    const { plan } = await playInto(storage, 'default', { history: 'none' });
    const key = manifestKey(plan.folder);
    const text = new TextDecoder().decode((await storage.get(key))!);
    await storage.put(
      key,
      text
        .replace('"schedule": "ascending"', '"schedule": "shuffled"')
        .replace('"schedule": "ascending"', '"schedule": "shuffled"'),
    );
    const place = { folder: plan.folder, graph: 'karate' };
    const said = await refused(reader(storage).getValues({ place }), Code.FailedPrecondition);
    assert.match(said, /its id \S+ does not fit its content/);
  }));

test('a run of the published system is shown as it is stored', async () => {
  const objects = publishedObjects(PUBLISHED);
  const { storage } = memoryStorage(objects);
  const client = reader(storage);
  const place = { folder: PUBLISHED, graph: 'holme-n10', execution: 1, run: 11 };
  const key = `${PUBLISHED}/holme-n10/exec-1/run-11/sim-wf_node_value_history.json`;
  const stored = await storedValues(storage, key);
  assert.equal(await valuesByRound(client, place, stored.length - 1), stored);
  const said = await refused(client.getNode({ place, node: 1, round: 1 }), Code.FailedPrecondition);
  assert.match(said, /no manifest of ours.*keeps no seed/);
  await refused(client.getValues({ place: { ...place, run: 12 } }), Code.NotFound);
  await refused(client.getValues({ place: { ...place, execution: 2 } }), Code.NotFound);
});

test('the published system leaves out folders of which there would be one', async () => {
  const all = publishedObjects(PUBLISHED, 1);
  for (const kept of ['', 'exec-1/', 'run-1/']) {
    const objects = Object.fromEntries(
      Object.entries(all).map(([key, text]) => [key.replace('exec-1/run-1/', kept), text]),
    );
    const place = { folder: PUBLISHED, graph: 'holme-n10' };
    const { values } = await reader(memoryStorage(objects).storage).getValues({ place });
    assert.is(values.length, 10);
  }
});

test('a history that is none is said in words', async () => {
  const key = `${PUBLISHED}/holme-n10/exec-1/run-1/sim-wf_node_value_history.json`;
  const values = Array.from({ length: 10 }, (_, node) => node);
  const round = (nodes: unknown, round_num = 0) => JSON.stringify([{ round_num, nodes }]);
  for (const text of [
    ...['', '<script>', '[]', '{}', '[1]', 'null', '[{"round_num":0}]'],
    ...[round({ ...values }, 1), round({ ...values, 3: '1' }), round({ ...values, 3: null })],
    ...[round({ 0: 1 }), round({ 0: null }), round({ x: 1 }), round([1, 2])],
  ]) {
    const objects = { ...publishedObjects(PUBLISHED, 1), [key]: text };
    // The tests' other runs are folded into one.
    const client = reader(memoryStorage(objects).storage);
    const place = { folder: PUBLISHED, graph: 'holme-n10', execution: 1, run: 1 };
    const error = await client.getValues({ place }).then(
      () => assert.unreachable(text),
      (error) => error,
    );
    assert.ok(
      [Code.InvalidArgument, Code.FailedPrecondition].includes(error.code),
      `${text}: ${error}`,
    );
  }
});

test('a history of few bytes that fills the memory is refused', async () => {
  const nodes = 20_000;
  const all = Object.fromEntries(Array.from({ length: nodes }, (_, node) => [node, node]));
  const rounds = Array.from({ length: 1000 }, (_, round_num) => ({
    round_num,
    nodes: round_num === 0 ? all : {},
  }));
  const key = `${PUBLISHED}/holme-n10/exec-1/run-1/sim-wf_node_value_history.json`;
  const objects = { ...publishedObjects(PUBLISHED, 1), [key]: JSON.stringify(rounds) };
  const client = reader(memoryStorage(objects).storage);
  const place = { folder: PUBLISHED, graph: 'holme-n10', execution: 1, run: 1 };
  const said = await refused(client.getValues({ place }), Code.ResourceExhausted);
  assert.match(said, /has 1000 rounds of 20000 nodes/);
});

test('runs that there are not, and those that are not finished', () =>
  inResults(async (storage) => {
    const { plan } = await playInto(storage, 'default', { history: 'changes' });
    const { folder } = plan;
    const client = reader(storage);
    for (const [execution, run] of [
      [1, 7],
      [2, 1],
      [2 ** 32 - 1, 2 ** 32 - 1],
    ]) {
      const place = { folder, graph: 'karate', execution, run };
      assert.match(await refused(client.getValues({ place }), Code.NotFound), /there is no run/);
    }
    const at = { simulation: plan.name, folder, graph: 'karate', execution: 1, executions: 1 };
    assert.ok(await storage.get(changesKey({ ...at, run: 2, repetitions: 6 })));
    const begun: Storage = {
      ...storage,
      get: async (key) => (/runs\.csv|run-2\//.test(key) ? null : storage.get(key)),
      async *list(prefix) {
        for await (const key of storage.list(prefix)) if (!/runs\.csv|run-2\//.test(key)) yield key;
      },
    };
    const place = { folder, graph: 'karate', run: 2 };
    const said = await refused(reader(begun).getValues({ place }), Code.FailedPrecondition);
    assert.match(said, /run 2 .* is not finished yet/);
  }));

test.run();
