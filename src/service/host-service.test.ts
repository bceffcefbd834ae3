import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Aggregate } from '../gen/gossip/v1/host_pb.ts';
import {
  Health,
  HealthCheckResponse_ServingStatus as Status,
} from '../gen/grpc/health/v1/health_pb.ts';
import { ServerReflection } from '../gen/grpc/reflection/v1/reflection_pb.ts';
import { createHost, type HostConfiguration, SCHEDULES } from '../host/index.ts';
import { writeHello, writeRequest } from '../transport/frame.ts';
import { request } from '../transport/request.fixture.ts';
import { answersIn, bytesOf, callAsStranger } from '../transport/stranger.fixture.ts';
import { timedTest, within } from '../transport/within.fixture.ts';
import { clientOf, driverOf, PROTOCOLS, settings, startOf, withHosts } from './host.fixture.ts';

const TOKEN = 'a secret of this simulation';
const LAST_ROUND = 6;

/** How a call ends, in short: its code, and what it says. */
async function refusal(call: Promise<unknown>): Promise<[Code | null, string]> {
  return call.then(
    () => [null, 'it was done'],
    (error) => [ConnectError.from(error).code, ConnectError.from(error).rawMessage],
  );
}

async function inMemory(of: HostConfiguration, repetition: number, rounds: number) {
  const host = createHost();
  await host.configure(of);
  await host.reset(repetition);
  const values: number[][] = [];
  for (let round = 1; round <= rounds; round++) {
    await host.play(round);
    values.push([...(await host.values())]);
  }
  return { values, participations: [...(await host.participations())] };
}

function isClosed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(false);
    });
    socket.on('error', () => resolve(true));
  });
}

for (const protocol of Object.keys(PROTOCOLS) as (keyof typeof PROTOCOLS)[]) {
  timedTest(`every call by ${protocol}`, () =>
    withHosts(1, async ([served]) => {
      const host = clientOf(served, '', protocol);
      const of = settings({ memory: 'complex' });
      const start = startOf(of);
      const { requests } = driverOf([served], of);
      const peerPort = Number(served.peerAddress.split(':')[1]);
      const nothing = await host.describe({});
      assert.equal(
        [nothing.version, nothing.peerPort, nothing.epoch, nothing.nodeCount, nothing.nodes.length],
        ['1.2.3', peerPort, 0n, 0, 0],
      );
      assert.is(nothing.aggregate, Aggregate.UNSPECIFIED);
      await host.configure({ ...requests[0], epoch: 9n });
      assert.equal((await host.values({})).nodes, []);
      await host.reset({ epoch: 9n, repetition: 2, start });
      const { values, participations } = await inMemory(of, 2, 2);
      const { rounds, traffic } = await host.play({
        epoch: 9n,
        repetition: 2,
        firstRound: 1,
        rounds: 2,
      });
      assert.equal(
        rounds.map((round) => round.values),
        values,
      );
      assert.equal(
        rounds.map((round) => [round.round, round.exchanges]),
        [
          [1, 34],
          [2, 34],
        ],
      );
      assert.equal(rounds[1].participations, participations);
      assert.ok(
        traffic !== undefined && traffic.sentBytes > 0n,
        'its two ranges exchange over TCP',
      );
      const described = await host.describe({});
      assert.equal(
        [described.epoch, described.nodeCount, described.repetition, described.round],
        [9n, 34, 2, 2],
      );
      assert.is(described.aggregate, Aggregate.MINIMUM);
      assert.equal(
        described.nodes.map(({ first, end }) => [first, end]),
        [
          [0, 17],
          [17, 34],
        ],
      );
      const held = (await host.values({})).nodes;
      assert.equal(
        held.map(({ node }) => node),
        start.map((_, node) => node),
      );
      assert.equal(
        held.map(({ value }) => value),
        values[1],
      );
      assert.equal(
        held.map((node) => node.participations),
        participations,
      );
      const history = await host.history({ node: 20 });
      assert.equal(
        [history.firstRound, ...history.values],
        [0, start[20], values[0][20], values[1][20]],
      );
      const { nodes, ...when } = await host.inspect({});
      assert.equal([when.epoch, when.repetition, when.round, nodes.length], [9n, 2, 2, 34]);
      assert.is(nodes[33].lastExchange?.valueAfter, values[1][33]);
      const { exchange, neighbors, draws } = await host.explain({ node: 33 });
      assert.equal([exchange?.round, exchange?.turn, exchange?.initiated], [2, 33, true]);
      assert.is(neighbors.length, 17);
      assert.is(draws.length, 1);
      const seen: number[] = [];
      for await (const round of host.watch({})) {
        assert.equal([round.epoch, round.repetition], [9n, 2]);
        assert.is(round.nodes.length, 34);
        seen.push(round.round);
        if (round.round < 5) {
          await host.play({ epoch: 9n, repetition: 2, firstRound: round.round + 1, rounds: 1 });
        } else await host.stop({});
      }
      assert.equal(seen, [2, 3, 4, 5]);
      await served.stopped;
    }),
  );
}

for (const schedule of SCHEDULES) {
  for (const memory of ['none', 'plain', 'complex'] as const) {
    timedTest(`two hosts play what one in memory plays: ${schedule}, memory ${memory}`, () =>
      withHosts(2, async (hosts) => {
        for (const aggregate of ['minimum', 'mean'] as const) {
          if (aggregate === 'mean' && schedule === 'synchronous' && memory !== 'none') continue;
          const plain = settings({ schedule, memory, aggregate });
          const weights = Float64Array.from(plain.graph.neighbors, (_, slot) => (slot % 5) + 0.5);
          const of = aggregate === 'mean' ? { ...plain, weights } : plain;
          const driver = driverOf(hosts, of);
          await driver.configure({ epoch: aggregate === 'mean' ? 2n : 1n });
          for (const repetition of [1, 2]) {
            await driver.reset(repetition);
            const values = [...(await driver.play(1)), ...(await driver.play(LAST_ROUND - 1))];
            assert.equal(values, (await inMemory(of, repetition, LAST_ROUND)).values);
          }
        }
      }),
    );
  }
}

timedTest('PlayEach: runs of several lanes side by side, until one does not fit', () =>
  withHosts(2, async (hosts) => {
    const of = settings({ memory: 'complex' });
    const driver = driverOf(hosts, of);
    await driver.configure({ runsAtOnce: 3 });
    const start = startOf(of);
    const wrong = new AbortController();
    /** Both hosts are asked for all three runs at once; the second half of the rounds when the first are there. */
    const streams = hosts.map(async (host) => {
      const asked = [5, 9, 7].map((repetition, lane) => ({
        repetition,
        lane,
        firstRound: 1,
        start,
      }));
      const values: number[][][] = [[], [], []];
      let answered = () => {};
      async function* requests() {
        for (const one of asked) yield { play: { ...one, epoch: 1n, rounds: 2 } };
        while (values.some((rounds) => rounds.length === 0)) {
          await new Promise<void>((resolve) => {
            answered = resolve;
          });
        }
        for (const { repetition, lane } of asked) {
          yield { play: { repetition, lane, epoch: 1n, firstRound: 3, rounds: 2 } };
        }
        while (!wrong.signal.aborted) await sleep(5);
        yield { play: { lane: 3, epoch: 1n, repetition: 1, firstRound: 1, rounds: 1, start } };
      }
      try {
        for await (const { lane, played } of clientOf(host).playEach(requests())) {
          values[lane].push(...played!.rounds.map((round) => round.values));
          answered();
          if (values.every((rounds) => rounds.length === 4)) wrong.abort();
        }
      } catch (error) {
        return { values, said: ConnectError.from(error).rawMessage };
      }
      return { values, said: 'it ended' };
    });
    const [first, second] = await Promise.all(streams);
    for (const [lane, repetition] of [5, 9, 7].entries()) {
      const together = first.values[lane].map((round, i) => [...round, ...second.values[lane][i]]);
      assert.equal(together, (await inMemory(of, repetition, 4)).values);
    }
    for (const { said } of [first, second]) {
      assert.is(said, 'lane 3 is not one of the 3 configured, counted from 0');
    }
  }),
);

timedTest('what does not fit together is refused, and changes nothing', () =>
  withHosts(2, async (hosts) => {
    const of = settings();
    const driver = driverOf(hosts, of);
    const [host] = driver.clients;
    const [good] = driver.requests;
    await driver.configure({ epoch: 3n });
    await driver.reset(1);
    const before = await driver.play(2);
    const hostless = good.peers!.filter((_, index) => index > 0);
    const twice = [...good.peers!, good.peers![0]];
    const bad: [Promise<unknown>, string][] = [
      [host.configure({ ...good, epoch: 3n }), 'epoch 3 is not later than the one configured, 3'],
      [host.configure({ ...good, epoch: 4n, peers: hostless }), 'nobody holds node 0'],
      [host.configure({ ...good, epoch: 4n, peers: twice }), 'two hosts hold node 0'],
      [host.configure({ ...good, epoch: 4n, weights: [1] }), 'weights has 1 numbers'],
      [
        host.configure({ ...good, epoch: 4n, weights: new Array(156).fill(Number.NaN) }),
        'weights must be finite',
      ],
      [host.configure({}), 'epoch must be'],
      [host.reset({ epoch: 2n, repetition: 2, start: startOf(of) }), 'epoch 2 is not the one'],
      [host.reset({ epoch: 3n, repetition: 2, start: [1] }), 'start must have 34'],
      [host.play({ epoch: 2n, repetition: 1, firstRound: 3, rounds: 1 }), 'epoch 2 is not the one'],
      [
        host.play({ epoch: 3n, repetition: 1, firstRound: 2, rounds: 1 }),
        'the next round is 3, not 2',
      ],
      [
        host.play({ epoch: 3n, repetition: 1, firstRound: 4, rounds: 1 }),
        'the next round is 3, not 4',
      ],
      [
        host.play({ epoch: 3n, repetition: 2, firstRound: 1, rounds: 1 }),
        'repetition 2 was not begun',
      ],
      [
        host.play({ epoch: 3n, repetition: 1, firstRound: 3, rounds: 5000 }),
        'rounds must be 1..1024',
      ],
      [host.history({ node: 33 }), 'node 33 is not held here'],
      [host.explain({ node: 33 }), 'node 33 is not held here'],
      [host.explain({ node: 2 ** 32 - 1 }), 'is not held here'],
    ];
    for (const [call, says] of bad) {
      const [code, said] = await refusal(call);
      assert.match(said, says);
      assert.is(code, Code.InvalidArgument, says);
    }
    assert.equal([...before, ...(await driver.play(2))], (await inMemory(of, 1, 4)).values);
  }),
);

timedTest('a stranger drives no host and injects no value; the trace is the undisturbed one', () =>
  withHosts(2, async (hosts) => {
    const of = settings({ seed: 11 });
    const driver = driverOf(hosts, of, TOKEN);
    await driver.configure();
    await driver.reset(1);
    const values = await driver.play(2);

    const [good] = driver.requests;
    for (const token of ['', 'a secret', `${TOKEN}.`]) {
      const stranger = clientOf(hosts[0], token);
      const calls = [
        stranger.describe({}),
        stranger.configure({ ...good, epoch: 2n, token: '' }),
        stranger.reset({ epoch: 1n, repetition: 2, start: startOf(of) }),
        stranger.play({ epoch: 1n, repetition: 1, firstRound: 3, rounds: 1 }),
        stranger.values({}),
        stranger.history({ node: 0 }),
        stranger.inspect({}),
        stranger.explain({ node: 0 }),
        stranger.watch({})[Symbol.asyncIterator]().next(),
        stranger.stop({}),
      ];
      for (const call of calls) assert.is((await refusal(call))[0], Code.Unauthenticated);
    }

    // Node 33's exchange of round 3, with each of its neighbors in turn, and a value below all others.
    const forged = (epoch: number) => (frames: Parameters<typeof writeHello>[0]) => {
      for (const partner of [8, 9, 13, 14, 15]) {
        writeRequest(
          frames,
          partner,
          request({ epoch, round: 3, turn: 33, initiator: 33, partner, value: -1 }),
        );
      }
    };
    for (const token of ['', 'a secret']) {
      const { socket, closed } = await callAsStranger(hosts[0].peerAddress);
      socket.write(bytesOf((frames) => writeHello(frames, token)));
      socket.write(bytesOf(forged(1)));
      assert.equal(answersIn(await closed), ['0: refusal 1'], 'wrong token');
    }
    // Nor does a host of a play before, which knows the token.
    const { socket, closed } = await callAsStranger(hosts[0].peerAddress);
    socket.write(bytesOf((frames) => writeHello(frames, TOKEN)));
    socket.write(bytesOf(forged(0)));
    while (socket.bytesRead === 0) await sleep(5);
    socket.end();
    assert.equal(
      answersIn(await closed).filter((answer) => !answer.startsWith('0:')),
      [8, 9, 13, 14, 15].map((id) => `${id}: refusal 3`),
    );

    values.push(...(await driver.play(3)));
    assert.equal(values, (await inMemory(of, 1, 5)).values);
  }),
);

timedTest('the token that a host was started with is asked for until another is configured', () =>
  withHosts(
    1,
    async ([served]) => {
      const of = settings();
      assert.is((await refusal(clientOf(served).describe({})))[0], Code.Unauthenticated);
      const driver = driverOf([served], of);
      const host = clientOf(served, 'first');
      await host.configure(driver.requests[0]);
      // None was given: the first one stays, for calls and for peers.
      assert.is((await refusal(clientOf(served).describe({})))[0], Code.Unauthenticated);
      const stranger = await callAsStranger(served.peerAddress);
      stranger.socket.write(bytesOf((frames) => writeHello(frames, '')));
      assert.equal(answersIn(await stranger.closed), ['0: refusal 1']);
      await host.reset({ epoch: 1n, repetition: 1, start: startOf(of) });
      await host.play({ epoch: 1n, repetition: 1, firstRound: 1, rounds: 1 });
      await host.configure({ ...driver.requests[0], epoch: 2n, token: 'second' });
      assert.is((await refusal(host.describe({})))[0], Code.Unauthenticated);
      assert.is((await clientOf(served, 'second').describe({})).epoch, 2n);
    },
    { token: 'first' },
  ),
);

timedTest('Watch: from the first round on, over runs, by several watchers', () =>
  withHosts(1, async (hosts) => {
    const driver = driverOf(hosts, settings());
    const seen: string[][] = [[], []];
    const watchers = seen.map(async (rounds) => {
      for await (const { epoch, repetition, round, nodes } of clientOf(hosts[0]).watch({})) {
        assert.is(nodes.length, 34);
        rounds.push(`${epoch} ${repetition} ${round}`);
        if (epoch === 2n) break;
      }
    });
    await driver.configure();
    await driver.reset(1);
    // Until both are there to see it.
    while (seen.some((rounds) => rounds.length === 0)) {
      await driver.play(1);
      await sleep(20);
    }
    await driver.reset(2);
    await driver.play(2);
    await driver.reset(3);
    await driver.play(1);
    await driver.configure({ epoch: 2n });
    await driver.reset(1);
    await driver.play(1);
    await Promise.all(watchers);
    for (const rounds of seen) {
      assert.match(rounds[0], /^1 1 \d+$/);
      const later = rounds.filter((round) => !round.startsWith('1 1 '));
      assert.equal(later, ['1 2 1', '1 2 2', '1 3 1', '2 1 1']);
    }
  }),
);

timedTest(
  'Stop, in the middle of rounds and with a watcher: all is closed before the deadline',
  () =>
    withHosts(2, async (hosts) => {
      const [host, other] = hosts;
      const driver = driverOf(hosts, settings());
      await driver.configure();
      await driver.reset(1);
      await driver.play(1);
      let isWatching = false;
      const watching = (async () => {
        for await (const _ of clientOf(host).watch({})) isWatching = true;
      })().catch((error: Error) => error);
      while (!isWatching) await sleep(5);
      // The other host is not told to play, so this one's rounds do not end, and exchanges wait at both.
      const playing = refusal(
        driver.clients[0].play({ epoch: 1n, repetition: 1, firstRound: 2, rounds: 3 }),
      );
      await sleep(100);
      await driver.clients[0].stop({ deadlineMilliseconds: 10_000 });
      await within('it stops', host.stopped);
      const [code, said] = await playing;
      assert.is(code, Code.Aborted);
      assert.match(said, 'the host was stopped');
      const ending = await watching;
      // Deno's client may still write to the connection that the host has closed in the end.
      const isLate = 'Deno' in globalThis && ending instanceof Error;
      assert.ok(ending === undefined || (isLate && /EPIPE/.test(ending.message)), String(ending));
      const peerPort = Number(host.peerAddress.split(':')[1]);
      assert.equal([await isClosed(host.port), await isClosed(peerPort)], [true, true]);
      assert.is((await driver.clients[1].describe({})).epoch, 1n, 'the other stays');
      await driver.clients[1].stop({});
      await within('it stops', other.stopped);
    }),
);

timedTest('health and reflection know the service', () =>
  withHosts(1, async ([{ port }]) => {
    const transport = createGrpcTransport({ baseUrl: `http://127.0.0.1:${port}` });
    const health = createClient(Health, transport);
    const { status } = await health.check({ service: 'gossip.v1.HostService' });
    assert.is(status, Status.SERVING);
    const reflection = createClient(ServerReflection, transport);
    async function* question() {
      yield { messageRequest: { case: 'listServices' as const, value: '' } };
    }
    for await (const { messageResponse } of reflection.serverReflectionInfo(question())) {
      assert.is(messageResponse.case, 'listServicesResponse');
      if (messageResponse.case !== 'listServicesResponse') continue;
      assert.equal(
        messageResponse.value.service.map(({ name }) => name),
        ['gossip.v1.HostService', 'grpc.health.v1.Health', 'grpc.reflection.v1.ServerReflection'],
      );
    }
  }),
);

test.run();
