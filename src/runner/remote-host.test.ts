import { fromBinary } from '@bufbuild/protobuf';
import { createClient, createRouterTransport } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  ConfigureRequestSchema,
  HostService,
  type PlayResponse,
} from '../gen/gossip/v1/host_pb.ts';
import { Health } from '../gen/grpc/health/v1/health_pb.ts';
import { randomRegular } from '../graph/generators/index.ts';
import { contentHash } from '../graph/index.ts';
import { createHost, type HostConfiguration } from '../host/host.ts';
import { deriveKey, sequence } from '../host/random.ts';
import { healthService } from '../service/health-service.ts';
import { hostService } from '../service/host-service.ts';
import { createSimulationHost } from '../service/simulation-host.ts';
import {
  allFaults,
  createFaulty,
  createReliable,
  createTcp,
  type Faults,
  type Transport,
} from '../transport/index.ts';
import { playRun, type RunSettings } from './play-run.ts';
import { createRemoteHosts, type RemoteProcess } from './remote-host.ts';

const NODES = 60;
const GRAPH = randomRegular(NODES, 4, sequence(deriveKey([1])));
/** Of an attempt, in milliseconds: short, so that what is lost is soon sent again, and what waits for its turn as well. */
const DEADLINE = 25;
const NO_TOKEN = '';
const RUN: RunSettings = {
  maxRounds: 1000,
  history: 'rounds',
  aggregate: 'minimum',
  numbers: null,
};

function configuration(more: Partial<HostConfiguration> = {}): HostConfiguration {
  return {
    graph: GRAPH,
    graphWords: [...contentHash(GRAPH)].slice(0, 4),
    seed: 3,
    weights: null,
    memory: 'none',
    priorPartnerFactor: 0.5,
    aggregate: 'minimum',
    schedule: 'ascending',
    start: { kind: 'numbers' },
    redraw: 'graph',
    tolerance: 0.001,
    ...more,
  };
}

/** A host in this process whose exchanges go over TCP, with these faults. */
async function hostWith(faults: Faults, attempts: number) {
  const faulty = createFaulty(createTcp(), faults);
  const impatient: Transport = {
    ...faulty,
    get traffic() {
      return faulty.traffic;
    },
    send: (peer, request, done) => faulty.send(peer, request, done, DEADLINE),
  };
  const transport = createReliable(impatient, { attempts, pause: 1, longestPause: 20 });
  const host = createSimulationHost(transport);
  const peerAddress = await transport.listen((request) => host.answer(request));
  const stopping = new AbortController().signal;
  const process = { version: '', peerPort: 1, token: '', useToken() {}, stop() {}, stopping };
  const router = createRouterTransport((routes) => {
    hostService(routes, host, process);
    healthService(routes, [], stopping);
  });
  const service = createClient(HostService, router);
  const client: RemoteProcess['client'] = {
    address: peerAddress,
    check: () => createClient(Health, router).check({}),
    describe: (_, timeoutMs) => service.describe({}, { timeoutMs }),
    configure: (request) =>
      service.configure(
        request instanceof Uint8Array ? fromBinary(ConfigureRequestSchema, request) : request,
      ),
    play: (request) => service.play(request),
    stop: () => service.stop({}),
    close() {},
  };
  return { client, peerAddress, transport };
}

/** Gives three such hosts to a test. */
async function withHosts(
  faults: (index: number) => Faults,
  attempts: number,
  use: (processes: RemoteProcess[]) => Promise<void>,
): Promise<void> {
  const hosts = await Promise.all([0, 1, 2].map((index) => hostWith(faults(index), attempts)));
  try {
    await use(hosts);
  } finally {
    await Promise.all(hosts.map(({ transport }) => transport.close(0)));
  }
}

async function inMemory(what: HostConfiguration, repetition: number) {
  const host = createHost();
  await host.configure(what);
  return playRun(host, RUN, repetition);
}

for (const rate of [0, 0.01, 0.04]) {
  test(`${5 * rate * 100} % of the frames delayed, lost, doubled or cut: the trace is the undisturbed one`, () =>
    withHosts(
      (index) => allFaults(index + 1, rate),
      50,
      async (processes) => {
        const remote = createRemoteHosts(processes, 7, NO_TOKEN);
        let retries = 0;
        for (const what of [
          configuration(),
          configuration({ schedule: 'synchronous' }),
          configuration({ schedule: 'shuffled', memory: 'plain' }),
          configuration({ schedule: 'random', memory: 'complex' }),
          configuration({ schedule: 'synchronous', memory: 'complex' }),
        ]) {
          const [run] = await remote.configure(what);
          for (const repetition of [1, 2]) {
            const outcome = await playRun(run, RUN, repetition);
            assert.ok(outcome.converged && outcome.rounds > 2);
            assert.equal(outcome, await inMemory(what, repetition));
            const traffic = run.traffic();
            const counted = traffic.latencies.reduce((sum, count) => sum + count, 0);
            assert.ok(traffic.bytes > outcome.exchanges && counted > outcome.exchanges / 2);
            retries += traffic.retries;
          }
        }
        // Faults there were: a test of nothing would pass as well.
        if (rate > 0) assert.ok(retries > 10, String(retries));
      },
    ));
}

test('runs at once, with faults, one beginning where another has ended: each is the undisturbed one', () =>
  withHosts(
    (index) => allFaults(index + 7, 0.01),
    50,
    async (processes) => {
      const remote = createRemoteHosts(processes, 7, NO_TOKEN);
      const what = configuration({ schedule: 'shuffled', memory: 'plain' });
      const lanes = await remote.configure(what, 4);
      assert.is(lanes.length, 4);
      let next = 1;
      await Promise.all(
        lanes.map(async (lane) => {
          while (next <= 12) {
            const repetition = next++;
            assert.equal(await playRun(lane, RUN, repetition), await inMemory(what, repetition));
          }
        }),
      );
    },
  ));

test('what retrying cannot settle fails the run and says which exchange', () =>
  withHosts(
    (index) => ({ seed: 1, dropRequest: index === 1 ? 1 : 0 }),
    3,
    async (processes) => {
      const remote = createRemoteHosts(processes, 20, NO_TOKEN);
      const [run] = await remote.configure(configuration());
      const error = await playRun(run, RUN, 1).catch((reason: Error) => reason);
      assert.instance(error, Error);
      assert.match(
        (error as Error).message,
        /^rounds 1 to 4: .*round \d: the exchange of node (2|3)\d with node \d+ could not be settled: .*no answer within the deadline \(tried 3 times\)$/,
      );
    },
  ));

test('an answer that misses rounds or nodes is refused, with the name of the host', () =>
  withHosts(
    () => ({ seed: 1 }),
    8,
    async (processes) => {
      const [first, second, third] = processes;
      const broken: ((response: PlayResponse) => void)[] = [
        ({ rounds }) => rounds.pop(),
        ({ rounds }) => rounds[0].values.pop(),
        ({ rounds }) => rounds[1].participations.push(1),
        ({ rounds }) => rounds.reverse(),
      ];
      for (const spoil of broken) {
        const client: RemoteProcess['client'] = {
          ...second.client,
          async play(request) {
            const response = await second.client.play(request);
            spoil(response);
            return response;
          },
        };
        const remote = createRemoteHosts([first, { ...second, client }, third], 20, NO_TOKEN);
        const [run] = await remote.configure(configuration());
        const error = await playRun(run, RUN, 1).catch((reason: Error) => reason);
        assert.is(
          (error as Error).message,
          `rounds 1 to 4: the host at ${second.peerAddress} did not answer with these`,
        );
      }
    },
  ));

test.run();
