import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Code,
  ConnectError,
  type ConnectRouter,
  createClient,
  createRouterTransport,
} from '@connectrpc/connect';
import { connectNodeAdapter, createGrpcTransport } from '@connectrpc/connect-node';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError, inputError } from '../errors.ts';
import { SimulationService } from '../gen/gossip/v1/simulation_pb.ts';
import { serveOnePort } from '../service/one-port.ts';
import { within } from '../transport/within.fixture.ts';
import { type Calls, createCalls } from './calls.ts';
import type { Handlers } from './simulation-service.ts';
import { allOf } from './stored/rows.ts';

/** These handlers behind calls that are looked after, and what was logged. */
function served(handlers: Handlers) {
  const logged: unknown[] = [];
  const calls: Calls = createCalls((_, fields) => logged.push(fields?.problem));
  const transport = createRouterTransport((router) =>
    router.service(SimulationService, handlers, { interceptors: [calls.interceptor] }),
  );
  return { client: createClient(SimulationService, transport), calls, logged };
}

async function told(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    const { code, rawMessage } = ConnectError.from(error);
    return `${Code[code]}: ${rawMessage}`;
  }
}

test('a caller is told what the caller did wrong, and nothing of what is inside', async () => {
  const inside = 'cannot read /etc/secret';
  for (const [thrown, expected] of [
    [new ConnectError('no such folder', Code.NotFound), 'NotFound: no such folder'],
    [inputError('line 3: not a number'), 'InvalidArgument: line 3: not a number'],
    [new GossipError('failed', inside), 'Internal: this server failed; its log says why'],
    [new Error(inside), 'Internal: this server failed; its log says why'],
    [inside, 'Internal: this server failed; its log says why'],
  ] as const) {
    const { client, logged } = served({
      getSimulation() {
        throw thrown;
      },
      // biome-ignore lint/correctness/useYield: it fails before
      async *readHistory() {
        throw thrown;
      },
    });
    assert.is(await told(client.getSimulation({})), expected);
    assert.is(await told(allOf(client.readHistory({}))), expected);
    const problems = expected.startsWith('Internal') ? 1 : 0;
    assert.is(logged.length, problems, 'at most one line a second');
    if (problems > 0) assert.match(`${logged[0]}`, inside);
  }
});

test('calls are counted by how they end, and streams while they are read', () => {
  const calls = createCalls(() => {});
  const handlers: Handlers = {
    getServer: () => ({}),
    getSimulation() {
      throw new ConnectError('', Code.FailedPrecondition);
    },
    async *watchServer(_, { signal }) {
      yield {};
      if (!signal.aborted) await once(signal, 'abort');
    },
    async *readHistory() {
      yield {};
    },
  };
  const routes = (router: ConnectRouter) =>
    router.service(SimulationService, handlers, { interceptors: [calls.interceptor] });
  const handler = connectNodeAdapter({ routes });
  const serve = async () => {
    const web = await serveOnePort(async () => handler, { host: '127.0.0.1', port: 0 }, '--port');
    const transport = createGrpcTransport({ baseUrl: `http://127.0.0.1:${web.port}` });
    const client = createClient(SimulationService, transport);
    await client.getServer({});
    await client.getServer({});
    await told(client.getSimulation({}));
    await allOf(client.readHistory({}));
    const leaving = [new AbortController(), new AbortController()];
    const streams = leaving.map(({ signal }) => told(allOf(client.watchServer({}, { signal }))));
    while (calls.streams < 2) await sleep(1);
    for (const left of [1, 0]) {
      leaving[left].abort();
      await streams[left];
      while (calls.streams > left) await sleep(1);
    }
    assert.is(calls.ended.get('GetServer ok'), 2);
    assert.is(calls.ended.get('GetSimulation failed_precondition'), 1);
    assert.is(calls.ended.get('ReadHistory ok'), 1);
    await web.close(1000);
  };
  return within('streams that end', serve());
});

test.run();
