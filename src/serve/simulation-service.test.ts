import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { Code, ConnectError, createClient, type Transport } from '@connectrpc/connect';
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from '@connectrpc/connect-node';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SimulationService } from '../gen/gossip/v1/simulation_pb.ts';
import { serveOnePort } from '../service/one-port.ts';
import { nodeHandler } from '../service/web.ts';
import { within } from '../transport/within.fixture.ts';
import { createAccess } from './access.ts';
import { type Handlers, simulationService } from './simulation-service.ts';

const TOKEN = '0123456789abcdef';

/** Serves these handlers, and gives clients of all three protocols. */
function withService(
  handlers: Handlers,
  settings: { host: string; token: string | null },
  use: (client: Client, protocol: string, url: string) => Promise<void>,
): Promise<void> {
  const access = createAccess({ ...settings, port: () => 0, publicUrls: [] });
  const handler = nodeHandler({
    routes: (router) => simulationService(router, handlers, access, {}),
    pages: { isServing: () => true, metrics: async () => '' },
    allowOrigins: [],
  });
  const serve = async () => {
    const web = await serveOnePort(async () => handler, { host: '127.0.0.1', port: 0 }, '--port');
    const baseUrl = `http://127.0.0.1:${web.port}`;
    const transports: Record<string, Transport> = {
      gRPC: createGrpcTransport({ baseUrl }),
      'gRPC-web': createGrpcWebTransport({ baseUrl, httpVersion: '1.1' }),
      Connect: createConnectTransport({ baseUrl, httpVersion: '1.1', useBinaryFormat: false }),
    };
    try {
      for (const [protocol, transport] of Object.entries(transports)) {
        await use(createClient(SimulationService, transport), protocol, baseUrl);
      }
    } finally {
      await web.close(1000);
    }
  };
  return within('calls by three protocols', serve());
}

type Client = ReturnType<typeof createClient<typeof SimulationService>>;

/** How a call ended: ok, or its code. */
function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => Code[ConnectError.from(error).code],
  );
}

/** A request of so many bytes. */
const files = (bytes: number) => ({ files: [{ name: 'a', content: new Uint8Array(bytes) }] });

test('what is dropped may be large, other requests may not', () => {
  const received: number[] = [];
  const handlers: Handlers = {
    startSimulations({ files: [{ content }] }) {
      received.push(content.length);
      return {};
    },
    getSimulation: () => ({}),
  };
  return withService(handlers, { host: '127.0.0.1', token: null }, async (client, protocol) => {
    assert.is(await codeOf(client.startSimulations(files(2e6))), 'ok', protocol);
    assert.is(received.pop(), 2e6);
    assert.is(await codeOf(client.getSimulation({ folder: 'a' })), 'ok');
    const folder = 'a'.repeat(100_000);
    assert.is(await codeOf(client.getSimulation({ folder })), 'ResourceExhausted', protocol);
  });
});

for (const [settings, expected] of [
  [{ host: '0.0.0.0', token: null }, 'PermissionDenied'],
  [{ host: '0.0.0.0', token: TOKEN }, 'Unauthenticated'],
  [{ host: '127.0.0.1', token: TOKEN }, 'Unauthenticated'],
] as const) {
  const where = `${settings.host}, ${settings.token === null ? 'no' : 'a'} token`;
  test(`${where}: who may not start is refused, and others may read`, () => {
    const never = () => {
      throw new ConnectError('it was called', Code.DataLoss);
    };
    const handlers: Handlers = {
      startSimulations: never,
      cancelSimulation: never,
      getSimulation: () => ({ manifest: '{}' }),
    };
    return withService(handlers, settings, async (client, protocol) => {
      const headers = { 'gossip-token': 'f'.repeat(16) };
      for (const options of [{}, { headers }]) {
        const said = [
          await codeOf(client.startSimulations(files(2e6), options)),
          await codeOf(client.startSimulations({}, options)),
          await codeOf(client.cancelSimulation({ id: 'a' }, options)),
        ];
        assert.equal(said, [expected, expected, expected], protocol);
      }
      assert.is((await client.getSimulation({})).manifest, '{}');
    });
  });
}

test('who may not start is refused before anything is read', () =>
  withService({}, { host: '0.0.0.0', token: TOKEN }, async (_, protocol, url) => {
    const types = { gRPC: 'grpc', 'gRPC-web': 'grpc-web', Connect: 'json' };
    const call = request(`${url}/gossip.v1.SimulationService/StartSimulations`, {
      method: 'POST',
      headers: {
        'Content-Type': `application/${types[protocol as keyof typeof types]}`,
        'Content-Length': 1e6,
      },
    });
    // The answer comes though the body does not.
    call.flushHeaders();
    const [response]: IncomingMessage[] = await once(call, 'response');
    assert.is(response.statusCode, protocol === 'Connect' ? 401 : 200, protocol);
    call.on('error', () => {});
    call.destroy();
  }));

test('who shows the token may start and cancel', () => {
  const handlers: Handlers = { startSimulations: () => ({}), cancelSimulation: () => ({}) };
  return withService(handlers, { host: '0.0.0.0', token: TOKEN }, async (client, protocol) => {
    const headers = { 'Gossip-Token': TOKEN };
    assert.is(await codeOf(client.startSimulations({}, { headers })), 'ok', protocol);
    assert.is(await codeOf(client.cancelSimulation({}, { headers })), 'ok');
  });
});

test.run();
