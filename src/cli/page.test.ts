import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { create, toJson } from '@bufbuild/protobuf';
import { ConnectError, createClient, createRouterTransport } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  CompareSimulationsResponseSchema,
  GetExchangesResponseSchema,
  GetGraphResponseSchema,
  GetNodeResponseSchema,
  GetServerResponseSchema,
  GetSimulationResponseSchema,
  ListRunsResponseSchema,
  ListSimulationsResponseSchema,
  ReadHistoryResponseSchema,
  SimulationService,
} from '../gen/gossip/v1/simulation_pb.ts';
import { openStorage } from '../storage/index.ts';
import { openStrategies } from '../strategies/index.ts';
import { exportedHandlers } from '../web/offline/handlers.ts';
import { gossip, graphYaml, inFolder, KARATE } from './command.fixture.ts';
import { gather } from './page-gather.ts';
import { openSource } from './page-source.ts';

const SERVER = create(GetServerResponseSchema, { version: '1.2.3', storage: 'exported page' });

/** Clients of a results folder and of what is exported of it, and the names of its simulations' folders. */
async function exportOf(results: string) {
  const { signal } = new AbortController();
  const storage = await openStorage(results, {}, { notice: () => {}, signal });
  const strategies = openStrategies();
  const source = openSource({ storage, strategies, signal, notice: () => {} });
  const { simulations } = await source.client.listSimulations({});
  const folders = simulations.map(({ folder }) => folder);
  const exported = await gather(source, SERVER, folders, signal);
  const handlers = exportedHandlers(JSON.parse(JSON.stringify(exported)));
  const transport = createRouterTransport(({ service }) => {
    service(SimulationService, handlers);
  });
  return {
    stored: source.client,
    offline: createClient(SimulationService, transport),
    folders,
    exported,
  };
}

async function run(folder: string, ...args: string[]): Promise<string> {
  const results = join(folder, 'results');
  const { code, stderr } = await gossip('run', ...args, '--results', results);
  assert.is(code, 0, stderr);
  return results;
}

test('what is exported answers as the results do, and plays the same runs', () =>
  inFolder({}, async (folder) => {
    const all = [KARATE, '--repetitions', '3', '--history', 'none'];
    await run(folder, ...all, '--seed', '7', '--algorithm', 'default,betweenness_weighted_memory');
    await run(
      folder,
      ...all,
      ...['--seed', '9007199254740991', '--algorithm', 'weighted_factor_complex_memory'],
      ...['--factor', '1,2', '--favor', 'inside', '--schedule', 'random', '--aggregate', 'mean'],
      ...['--start', 'source', '--source', 'max-degree', '--redraw', 'run'],
    );
    const results = await run(
      folder,
      ...all,
      ...[
        '--seed',
        '1',
        '--algorithm',
        'default',
        '--start',
        'numbers',
        '--schedule',
        'synchronous',
      ],
      ...['--name', 'numbers'],
    );
    const { stored, offline, folders, exported } = await exportOf(results);
    assert.is(folders.length, 4);
    // Its communities are the same under all three seeds.
    assert.is(exported.graphs.length, 1);
    assert.equal(
      toJson(ListSimulationsResponseSchema, await offline.listSimulations({})),
      toJson(ListSimulationsResponseSchema, await stored.listSimulations({})),
    );
    const contestants = [];
    for (const folder of folders) {
      const told = await stored.getSimulation({ folder });
      assert.equal(
        toJson(GetSimulationResponseSchema, await offline.getSimulation({ folder })),
        toJson(GetSimulationResponseSchema, told),
      );
      const { runs } = await stored.listRuns({ folder });
      assert.equal(
        toJson(ListRunsResponseSchema, await offline.listRuns({ folder })),
        toJson(ListRunsResponseSchema, await stored.listRuns({ folder })),
      );
      const at = { folder, graph: 'karate' };
      assert.equal(
        toJson(GetGraphResponseSchema, await offline.getGraph(at)),
        toJson(GetGraphResponseSchema, await stored.getGraph(at)),
      );
      for (const measure of ['degree', 'betweenness', 'eigenvector', 'hubScore']) {
        assert.equal(
          (await offline.getMeasure({ ...at, measure })).values,
          (await stored.getMeasure({ ...at, measure })).values,
        );
      }
      for (const { execution } of told.executions) contestants.push({ ...at, execution });
      for (const { execution, run, rounds } of runs) {
        const place = { ...at, execution, run };
        const asked = { place, exact: true };
        assert.equal(
          await partsOf(offline.readHistory(asked)),
          await partsOf(stored.readHistory(asked)),
        );
        assert.equal(
          toJson(GetExchangesResponseSchema, await offline.getExchanges({ place, round: rounds })),
          toJson(GetExchangesResponseSchema, await stored.getExchanges({ place, round: rounds })),
        );
        const node = { place, node: 33, round: rounds };
        assert.equal(
          toJson(GetNodeResponseSchema, await offline.getNode(node)),
          toJson(GetNodeResponseSchema, await stored.getNode(node)),
        );
      }
    }
    for (const first of contestants.keys()) {
      const asked = { contestants: contestants.slice(first).concat(contestants.slice(0, first)) };
      assert.equal(
        toJson(CompareSimulationsResponseSchema, await offline.compareSimulations(asked)),
        toJson(CompareSimulationsResponseSchema, await stored.compareSimulations(asked)),
      );
    }
  }));

async function partsOf(parts: AsyncIterable<Parameters<typeof toJson>[1]>) {
  const all = [];
  for await (const part of parts) all.push(toJson(ReadHistoryResponseSchema, part as never));
  return all;
}

test('an exported page plays further runs, pages through many, and starts nothing', () =>
  inFolder({}, async (folder) => {
    const [karate, seed] = [
      [KARATE, '--algorithm', 'default'],
      ['--seed', '7'],
    ];
    const results = await run(folder, ...karate, ...seed, '--repetitions', '2');
    const { offline, folders } = await exportOf(results);
    const place = { folder: folders[0], graph: 'karate', execution: 1, run: 5 };
    const further = await run(join(folder, 'more'), ...karate, ...seed, '--repetitions', '5');
    const more = await exportOf(further);
    assert.equal(
      (await offline.getExchanges({ place, round: 1 })).partners,
      (await more.stored.getExchanges({ place: { ...place, folder: more.folders[0] }, round: 1 }))
        .partners,
    );
    const first = await offline.listRuns({ folder: folders[0], pageSize: 1 });
    assert.equal(
      first.runs.map(({ run }) => run),
      [1],
    );
    const { runs, nextPageToken } = await offline.listRuns({
      folder: folders[0],
      pageToken: first.nextPageToken,
    });
    assert.equal([runs.map(({ run }) => run), nextPageToken], [[2], '']);
    for (const [call, says] of [
      [offline.startSimulations({}), 'it plays what is in it, and starts nothing'],
      [offline.getSimulation({ folder: '../x' }), 'there is no simulation in a folder ../x'],
      [offline.getGraph({ folder: folders[0], graph: 'x' }), 'has no finished run on x'],
      [offline.getMeasure({ ...place, measure: 'toString' }), 'there is no toString'],
      [offline.getValues({ place: { ...place, execution: 2 }, round: 0 }), 'of execution 2'],
      [offline.compareSimulations({}), 'nobody is named'],
    ] as const) {
      const error = await (call as Promise<unknown>).catch(ConnectError.from);
      assert.match((error as ConnectError).message, says);
    }
  }));

test('of very many executions on a graph each is told of once, and compared with none', () =>
  inFolder({}, async (folder) => {
    const factors = Array.from({ length: 51 }, (_, i) => 1 + i / 10);
    const results = await run(
      folder,
      ...[KARATE, '--algorithm', 'weighted_factor', '--factor', factors.join(',')],
      ...['--seed', '7', '--repetitions', '1', '--history', 'none'],
    );
    const { signal } = new AbortController();
    const storage = await openStorage(results, {}, { notice: () => {}, signal });
    const strategies = openStrategies();
    const { client, openRun } = openSource({ storage, strategies, signal, notice: () => {} });
    const [{ folder: only }] = (await client.listSimulations({})).simulations;
    const compared: number[] = [];
    const compareSimulations: typeof client.compareSimulations = (asked) => {
      compared.push(asked.contestants!.length);
      return client.compareSimulations(asked);
    };
    const counted = { client: { ...client, compareSimulations }, openRun };
    const { contestants } = await gather(counted, SERVER, [only], signal);
    assert.equal(
      compared,
      factors.map(() => 1),
    );
    assert.ok(contestants.every(({ alone }) => alone !== null));
  }));

test('what cannot be exported is said, and no file is written', () =>
  inFolder({}, async (folder) => {
    const ring = Array.from(
      { length: 1001 },
      (_, i) => `${i} ${(i + 1) % 1001} ${(i + 1000) % 1001}`,
    );
    await inFolder({ 'large.yaml': graphYaml('large', ring) }, (graphs) =>
      run(
        folder,
        join(graphs, 'large.yaml'),
        '--algorithm',
        'default',
        '--seed',
        '1',
        '--repetitions',
        '1',
        '--max-rounds',
        '2',
      ),
    );
    const results = join(folder, 'results');
    const output = join(folder, 'page.html');
    const asks: [args: string[], says: RegExp][] = [
      [
        [results, '--output', output],
        /large-default-\w+ has runs on large, a graph of 1001 nodes: an exported page plays graphs of up to 1000/,
      ],
      [[results, 'other', '--output', output], /there is no simulation other in /],
      [[folder, '--output', output], /there is no simulation in /],
      [[results], /required option '--output <file>' not specified/],
    ];
    for (const [args, says] of asks) {
      const { code, stderr } = await gossip('page', 'export', ...args);
      assert.match(stderr, says);
      assert.is(code, 2);
    }
    assert.is(existsSync(output), false);
  }));

test.run();
