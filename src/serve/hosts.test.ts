import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, createRouterTransport } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Aggregate } from '../gen/gossip/v1/host_pb.ts';
import { SimulationService, type WatchHostsResponse } from '../gen/gossip/v1/simulation_pb.ts';
import { graphFromEdges } from '../graph/csr.ts';
import { createHost, type HostConfiguration } from '../host/index.ts';
import { createHistoryDecoder } from '../replay/index.ts';
import { configureRequest } from '../runner/configure-request.ts';
import { createHostClient } from '../runner/host-client.ts';
import { type Processes, startProcesses } from '../runner/processes.ts';
import { KARATE, settings } from '../service/host.fixture.ts';
import { freePort } from '../service/node.fixture.ts';
import { timedTest, within } from '../transport/within.fixture.ts';
import { hosts } from './hosts.ts';
import { countingProxy } from './proxy.fixture.ts';

/** What a watcher has been told, put together. */
function watcher(addresses: readonly string[], token: string) {
  const ending = new AbortController();
  const transport = createRouterTransport(({ service }) => {
    service(SimulationService, hosts({ addresses, token, signal: ending.signal }));
  });
  const client = createClient(SimulationService, transport);

  return {
    close: () => ending.abort(),
    watch() {
      const stopping = new AbortController();
      const told: WatchHostsResponse[] = [];
      const decoder = createHistoryDecoder();
      const over = (async () => {
        for await (const message of client.watchHosts({}, { signal: stopping.signal })) {
          told.push(message);
          if (message.part !== undefined) decoder.add(message.part);
        }
      })().catch((error) => {
        if (!stopping.signal.aborted) throw error;
      });
      return {
        told,
        decoder,
        graphs: () => told.flatMap(({ graph }) => graph ?? []),
        problems: () => told.at(-1)?.problems ?? [],
        lastRound: () => decoder.rounds.at(-1)?.round ?? null,
        async end() {
          stopping.abort();
          await over;
        },
      };
    },
  };
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const patience = (async () => {
    while (!holds()) await sleep(10);
  })();
  await within(what, patience);
}

/** Drives processes that share the nodes evenly. */
function drive(
  { remotes }: Processes,
  of: HostConfiguration,
  epoch: number,
  names: string[],
  token = '',
) {
  const { nodeCount } = of.graph;
  const ranges = remotes.map((_, index) => ({
    first: Math.floor((index * nodeCount) / remotes.length),
    end: Math.floor(((index + 1) * nodeCount) / remotes.length),
  }));
  const peers = ranges.map((nodes, index) => ({ nodes, address: remotes[index].peerAddress }));
  const each = (call: (index: number) => Promise<unknown>) => Promise.all(ranges.keys().map(call));
  return {
    configure: () =>
      each((index) =>
        remotes[index].client.configure({
          ...configureRequest(of, epoch, token),
          ...{ names, peers, nodes: [ranges[index]] },
        }),
      ),
    play: (repetition: number, firstRound: number, rounds: number, start: readonly number[] = []) =>
      each((index) =>
        remotes[index].client.play({
          ...{ epoch: BigInt(epoch), repetition, firstRound, rounds, start: [...start] },
        }),
      ),
  };
}

/** From round 0, what memory plays. */
async function inMemory(of: HostConfiguration, repetition: number, rounds: number) {
  const host = createHost();
  await host.configure(of);
  await host.reset(repetition);
  const values = [Array.from(await host.values())];
  for (let round = 1; round <= rounds; round++) {
    await host.play(round);
    values.push(Array.from(await host.values()));
  }
  return values;
}

const NAMES = Array.from({ length: KARATE.nodeCount }, (_, node) => `m${node + 1}`);

timedTest('hosts: their graph, then their rounds, as memory plays them', async () => {
  const processes = await startProcesses(2);
  const proxies = await Promise.all(
    processes.remotes.map(({ client }) => countingProxy(client.address)),
  );
  const watching = watcher(
    proxies.map(({ address }) => address),
    processes.token,
  );
  try {
    const of = settings({ memory: 'complex', aggregate: 'minimum' });
    const played = await inMemory(of, 1, 6);
    const driver = drive(processes, of, 1, NAMES);
    const one = watching.watch();
    await until('both wait', () => one.problems().length === 2);
    assert.equal(
      one.problems(),
      proxies.map(({ address }) => `the host at ${address} waits for a runner`),
    );
    await driver.configure();
    await driver.play(1, 1, 1, played[0]);
    await until('the first round', () => one.lastRound() === 1);
    assert.equal(one.problems(), []);
    const [graph] = one.graphs();
    assert.equal(graph.names, NAMES);
    assert.is(graph.sources.length, KARATE.edgeCount);
    const again = graphFromEdges(
      graph.names.length,
      Uint32Array.from(graph.sources),
      Uint32Array.from(graph.targets),
    );
    assert.equal(again.neighbors, KARATE.neighbors);
    assert.is(graph.x.length, 34);
    assert.is(new Set(graph.communities).size > 1, true);
    assert.is(one.decoder.beginning?.aggregate, Aggregate.MINIMUM);

    await driver.play(1, 2, 3);
    await until('three more', () => one.lastRound() === 4);
    const values = (round: number) =>
      Array.from(one.decoder.codes(round), (code) => one.decoder.valueOf(code));
    for (const round of [1, 2, 3, 4]) assert.equal(values(round), played[round]);

    const two = watching.watch();
    await until('who comes later', () => two.lastRound() === 4);
    assert.is(two.graphs().length, 1);
    assert.equal(
      proxies.map(({ opened }) => opened()),
      [1, 1],
    );
    await one.end();
    await driver.play(1, 5, 2);
    await until('the last round', () => two.lastRound() === 6);
    assert.is(two.decoder.rounds.at(-1)?.distinct, new Set(played[6]).size);
    await two.end();
    await until('nobody watches', () => proxies.every(({ open }) => open() === 0));
  } finally {
    watching.close();
    await processes.kill();
    for (const proxy of proxies) proxy.close();
  }
});

timedTest('hosts: another simulation, another run, one that is away and comes back', async () => {
  const processes = await startProcesses(2);
  const [{ client }, other] = processes.remotes;
  const proxy = await countingProxy(other.client.address);
  const watching = watcher([client.address, proxy.address], processes.token);
  try {
    const of = settings({ aggregate: 'mean', tolerance: 0.01 });
    const played = await inMemory(of, 1, 3);
    const driver = drive(processes, of, 1, NAMES);
    await driver.configure();
    await driver.play(1, 1, 3, played[0]);
    const seen = watching.watch();
    await until('the round before', () => seen.lastRound() === 3);
    assert.is(seen.decoder.beginning?.aggregate, Aggregate.MEAN);

    await driver.play(2, 1, 2, played[0]);
    await until('another run', () => seen.decoder.beginning?.place?.run === 2);
    await until('its second round', () => seen.lastRound() === 2);

    proxy.cut();
    await until('it is away', () => seen.problems().length === 1);
    assert.match(seen.problems()[0], `the host at ${proxy.address} does not answer`);
    proxy.mend();
    await until('it is back', () => seen.problems().length === 0);

    const before = seen.graphs().length;
    const path = graphFromEdges(4, Uint32Array.of(0, 1, 2), Uint32Array.of(1, 2, 3));
    const anew = drive(processes, settings({ graph: path }), 2, ['<b>a</b>', 'b', 'c', 'd']);
    await anew.configure();
    await anew.play(2, 1, 1, [4, 3, 2, 1]);
    await until('the graph of the next simulation', () => seen.graphs().length > before);
    await until('its first round', () => seen.decoder.beginning?.nodes === 4);
    const { names, sources, targets } = seen.graphs().at(-1)!;
    assert.equal(names, ['<b>a</b>', 'b', 'c', 'd']);
    assert.equal(
      [sources, targets],
      [
        [0, 1, 2],
        [1, 2, 3],
      ],
    );
    await seen.end();
  } finally {
    watching.close();
    await processes.kill();
    proxy.close();
  }
});

timedTest(
  'hosts: one that was started anew holds something else under the same epoch',
  async () => {
    const [before, after] = await Promise.all([startProcesses(1), startProcesses(1)]);
    const token = 'one for both';
    const proxy = await countingProxy(before.remotes[0].client.address);
    const watching = watcher([proxy.address], token);
    try {
      const path = (nodes: number) =>
        settings({
          graph: graphFromEdges(
            nodes,
            Uint32Array.from({ length: nodes - 1 }, (_, node) => node),
            Uint32Array.from({ length: nodes - 1 }, (_, node) => node + 1),
          ),
        });
      const seen = watching.watch();
      for (const [processes, nodes] of [
        [before, 3],
        [after, 4],
      ] as const) {
        proxy.cut();
        proxy.mend(processes.remotes[0].client.address);
        const names = Array.from({ length: nodes }, (_, node) => `n${node}`);
        await drive(processes, path(nodes), 1, names, token).configure();
        const again = createHostClient(processes.remotes[0].client.address, token, 10_000);
        const start = names.map((_, node) => node);
        await again.play({ epoch: 1n, repetition: 1, firstRound: 1, rounds: 1, start });
        again.close();
        await until(`a path of ${nodes}`, () => seen.decoder.beginning?.nodes === nodes);
        assert.equal(seen.graphs().at(-1)?.names, names);
      }
      await seen.end();
    } finally {
      watching.close();
      await Promise.all([before.kill(), after.kill()]);
      proxy.close();
    }
  },
);

timedTest('hosts: what cannot be watched is said', async () => {
  const processes = await startProcesses(2);
  const [{ client }] = processes.remotes;
  const nobody = `127.0.0.1:${await freePort()}`;
  const said = async (addresses: string[], token: string, words: RegExp) => {
    const watching = watcher(addresses, token);
    const seen = watching.watch();
    await until(`${words}`, () => seen.problems().some((problem) => words.test(problem)));
    await seen.end();
    watching.close();
  };
  try {
    const of = settings();
    const driver = drive(processes, of, 1, NAMES);
    await driver.configure();
    await driver.play(1, 1, 1, (await inMemory(of, 1, 0))[0]);
    await said([nobody], '', new RegExp(`^the host at ${nobody} does not answer`));
    await said([client.address], 'another', /wants its token: set GOSSIP_HOSTS_TOKEN/);
    await said(
      [client.address],
      processes.token,
      /^nobody of these hosts holds node 17 of 34, counted from 0: name all hosts/,
    );
    const none = watcher([], '');
    const call = createClient(
      SimulationService,
      createRouterTransport(({ service }) => {
        service(
          SimulationService,
          hosts({ addresses: [], token: '', signal: new AbortController().signal }),
        );
      }),
    );
    none.close();
    try {
      for await (const _ of call.watchHosts({})) assert.unreachable();
      assert.unreachable();
    } catch (error) {
      assert.match((error as Error).message, 'gossip serve --hosts names them');
    }
  } finally {
    await processes.kill();
  }
});

test.run();
