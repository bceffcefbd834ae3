import { connect, constants } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@connectrpc/connect';
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from '@connectrpc/connect-node';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SimulationService } from '../gen/gossip/v1/simulation_pb.ts';
import {
  Health,
  HealthCheckResponse_ServingStatus as Status,
} from '../gen/grpc/health/v1/health_pb.ts';
import { ServerReflection } from '../gen/grpc/reflection/v1/reflection_pb.ts';
import { HEADERS } from './handler.ts';
import { ask } from './page.fixture.ts';
import { withServer } from './server.fixture.ts';
import { allOf } from './stored/rows.ts';

const CALL = '/gossip.v1.SimulationService/GetServer';
const JSON_TYPE = { 'Content-Type': 'application/json' };

/** The status of a request over HTTP/2 that names this authority. */
async function statusOfSecond(url: string, headers: Record<string, string>): Promise<number> {
  const session = connect(url);
  try {
    return await new Promise((resolve, reject) => {
      const stream = session.request({ ':path': '/', ...headers });
      stream.on('response', (answer) => resolve(Number(answer[constants.HTTP2_HEADER_STATUS])));
      stream.on('error', reject);
      stream.resume();
    });
  } finally {
    session.close();
  }
}

test('gRPC, gRPC-web and Connect at once, on the port of the page', () =>
  withServer({}, async (url) => {
    const transports = [
      createGrpcTransport({ baseUrl: url }),
      createGrpcWebTransport({ baseUrl: url, httpVersion: '1.1' }),
      createConnectTransport({ baseUrl: url, httpVersion: '2' }),
      createConnectTransport({ baseUrl: url, httpVersion: '1.1', useBinaryFormat: false }),
    ];
    const [page, json, ...servers] = await Promise.all([
      ask(url, '/'),
      ask(url, CALL, { method: 'POST', headers: JSON_TYPE, body: '{}' }),
      ...transports.map((transport) => createClient(SimulationService, transport).getServer({})),
    ]);
    assert.is(page.status, 200);
    assert.is(JSON.parse(`${json.body}`).mayStart, true);
    for (const { version, mayStart, needsToken, limits } of servers) {
      assert.equal([version, mayStart, needsToken, limits?.atOnce], ['0.1.0', true, false, 1]);
    }
  }));

test('health and reflection, as grpcurl asks for them', () =>
  withServer({}, async (url) => {
    const transport = createGrpcTransport({ baseUrl: url });
    const service = 'gossip.v1.SimulationService';
    const health = await createClient(Health, transport).check({ service });
    assert.is(health.status, Status.SERVING);
    async function* questions() {
      yield { messageRequest: { case: 'listServices' as const, value: '' } };
      yield { messageRequest: { case: 'fileContainingSymbol' as const, value: service } };
    }
    const answers = [];
    const reflection = createClient(ServerReflection, transport);
    for await (const { messageResponse } of reflection.serverReflectionInfo(questions())) {
      answers.push(messageResponse.case);
      if (messageResponse.case !== 'listServicesResponse') continue;
      const names = messageResponse.value.service.map(({ name }) => name);
      assert.ok(names.includes(service), `${names}`);
    }
    assert.equal(answers, ['listServicesResponse', 'fileDescriptorResponse']);
  }));

test('what browsers are told goes with every answer', () =>
  withServer({}, async (url) => {
    const answers = await Promise.all([
      ask(url, '/'),
      ask(url, '/nothing'),
      ask(url, '/healthz'),
      ask(url, '/', { headers: { Host: 'evil.example' } }),
      ask(url, CALL, { method: 'POST', headers: JSON_TYPE, body: '{}' }),
      ask(url, CALL, { method: 'POST', headers: JSON_TYPE, body: '{' }),
    ]);
    assert.equal(
      answers.map(({ status }) => status),
      [200, 404, 200, 403, 200, 400],
    );
    for (const { headers } of answers) {
      for (const [name, value] of Object.entries(HEADERS)) {
        assert.is(headers[name.toLowerCase()], value, name);
      }
      assert.is(headers['access-control-allow-origin'], undefined);
    }
    const policy = HEADERS['Content-Security-Policy'];
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; /);
    assert.not.match(policy, /unsafe|https?:|\*/);
  }));

test('a host or an origin that is not its own is refused in words, for reading too', () =>
  withServer({}, async (url, { port }) => {
    const post = { method: 'POST', body: '{}' };
    for (const [path, asked] of [
      ['/', {}],
      ['/metrics', {}],
      ['/nothing', {}],
      [CALL, { ...post, headers: JSON_TYPE }],
      [CALL, { method: 'OPTIONS' }],
    ] as const) {
      for (const headers of [{ Host: `evil.example:${port}` }, { Origin: 'http://evil.example' }]) {
        const all = { ...('headers' in asked ? asked.headers : {}), ...headers };
        const { status, body } = await ask(url, path, { ...asked, headers: all });
        assert.is(status, 403, path);
        assert.match(
          `${body}`,
          /^(this server is not|a page of) "(http:\/\/)?evil\.example(:\d+)?"/,
        );
      }
      const headers = {
        ...JSON_TYPE,
        Host: `localhost:${port}`,
        Origin: `http://localhost:${port}`,
      };
      assert.is.not((await ask(url, path, { ...asked, headers })).status, 403);
    }
    assert.is(await statusOfSecond(url, {}), 200);
    assert.is(await statusOfSecond(url, { ':authority': `evil.example:${port}` }), 403);
    assert.is(await statusOfSecond(url, { host: 'evil.example' }), 403);
    assert.is(await statusOfSecond(url, { origin: 'http://evil.example' }), 403);
  }));

test('what a form of another site can send is no call, and a preflight is answered with no', () =>
  withServer({}, async (url) => {
    for (const type of [
      ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
      ...['text/plain; application/json', 'application/grpc-web-text', ''],
    ]) {
      const headers = type === '' ? {} : { 'Content-Type': type };
      const { status } = await ask(url, CALL, { method: 'POST', headers, body: '{}' });
      assert.is(status, 415, type);
    }
    assert.is(
      (await ask(url, `${CALL}?encoding=json&message=%7B%7D`)).status,
      405,
      'nor is a link',
    );
    const preflight = await ask(url, CALL, { method: 'OPTIONS', headers: { Origin: url } });
    assert.equal(
      Object.keys(preflight.headers).filter((name) => /^access-control/.test(name)),
      [],
    );
  }));

test('/healthz, /metrics: calls, streams and jobs, none by the name of a node or a simulation', () =>
  withServer({}, async (url, { port }) => {
    const client = createClient(SimulationService, createGrpcTransport({ baseUrl: url }));
    await client.getServer({});
    await client.getServer({});
    const health = await ask(url, '/healthz');
    assert.equal([health.status, `${health.body}`], [200, 'serving\n']);
    const text = `${(await ask(url, '/metrics', { headers: { Host: `localhost:${port}` } })).body}`;
    assert.match(text, /^gossip_server_calls_total\{method="GetServer",code="ok"\} 2$/m);
    assert.match(text, /^gossip_server_streams 0$/m);
    assert.match(text, /^process_resident_memory_bytes \d+$/m);
    const labels = [...text.matchAll(/^gossip_\w+\{(.*?)\}/gm)].flatMap(([, found]) =>
      found.split(',').map((label) => label.split('=')[0]),
    );
    for (const label of labels) assert.ok(['method', 'code', 'state'].includes(label), label);
  }));

test('a simulation that is started is followed, and then read from where it was stored', () =>
  withServer({}, async (url) => {
    const client = createClient(SimulationService, createGrpcTransport({ baseUrl: url }));
    const { examples } = await client.getServer({});
    const [{ name, simulations }] = examples;
    const { jobs } = await client.startSimulations({
      files: simulations.slice(0, 1),
      examples: [name],
    });
    let runs = 0;
    for await (const news of client.followSimulation({ id: jobs[0].id })) runs += news.runs.length;
    assert.is(runs, jobs[0].runs);
    const { simulations: stored } = await client.listSimulations({});
    const [{ folder, finished }] = stored;
    assert.equal([stored.length, folder, finished], [1, jobs[0].folder, runs]);
    const place = { folder, graph: name, run: 1 };
    const parts = await allOf(client.readHistory({ place }));
    const { lastRound } = parts[0].part!.beginning!;
    assert.is(parts.flatMap(({ part }) => part!.rounds).at(-1)!.round, lastRound);
    const { values } = await client.getValues({ place, round: lastRound });
    assert.is(new Set(values).size, 1);
    const metrics = `${(await ask(url, '/metrics')).body}`;
    assert.match(metrics, /^gossip_server_jobs\{state="finished"\} 1$/m);
    assert.not.match(metrics, jobs[0].name);
  }));

test('watchers whose process is gone are no watchers any more, and stopping waits for none', () =>
  withServer({}, async (url, server) => {
    const streams = async () => {
      const text = `${(await ask(url, '/metrics')).body}`;
      return Number(/^gossip_server_streams (\d+)$/m.exec(text)![1]);
    };
    const watch = { ':path': '/gossip.v1.SimulationService/WatchServer', ':method': 'POST' };
    const empty = Buffer.alloc(5);
    const sockets = [1, 2, 3, 4].map(() => connectSocket(server.port, '127.0.0.1'));
    const [first, ...others] = sockets;
    for (const socket of others) {
      socket.write(
        `POST ${watch[':path']} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n` +
          'Content-Type: application/grpc-web+proto\r\nContent-Length: 5\r\n\r\n',
      );
      socket.write(empty);
    }
    const session = connect(url, { createConnection: () => first });
    session.on('error', () => {});
    const stream = session.request({ ...watch, 'content-type': 'application/grpc' });
    stream.on('error', () => {});
    stream.end(empty);
    while ((await streams()) < sockets.length) await sleep(10);
    // As when a process is killed: the connections end at once, and nothing is said of the streams.
    for (const socket of sockets) socket.destroy();
    while ((await streams()) > 0) await sleep(10);
  }));

test('stopping ends streams, answers what is in hand, and frees the port', () =>
  withServer({}, async (url, server) => {
    const client = createClient(Health, createGrpcTransport({ baseUrl: url }));
    const seen: Status[] = [];
    const watched = (async () => {
      for await (const { status } of client.watch({})) {
        seen.push(status);
        if (seen.length === 1) void server.stop(2000);
      }
    })();
    await watched;
    assert.equal(seen, [Status.SERVING, Status.NOT_SERVING]);
    await server.stop(2000);
    const open = await new Promise((resolve) => {
      const socket = connectSocket(server.port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
    });
    assert.is(open, false);
  }));

test.run();
