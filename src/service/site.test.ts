import { get, request } from 'node:http';
import { connect, constants } from 'node:http2';
import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  Health,
  HealthCheckResponse_ServingStatus as Status,
} from '../gen/grpc/health/v1/health_pb.ts';
import { ServerReflection } from '../gen/grpc/reflection/v1/reflection_pb.ts';
import { fetchHandler } from './fetch.ts';
import { sendRaw, testInTime, withNode } from './node.fixture.ts';
import { seedSite } from './site.ts';

const ORIGIN = 'http://localhost:8080';

/** Tries the same of both ways to serve a site: the one port, and the fetch handler. */
function onBoth(
  what: string,
  use: (call: (path: string, init?: RequestInit) => Promise<Response>) => Promise<void>,
): void {
  testInTime(`one port: ${what}`, () =>
    withNode({}, { allowOrigins: [ORIGIN] }, (_, url) =>
      use((path, init) => fetch(url + path, init)),
    ),
  );
  testInTime(`fetch handler: ${what}`, () =>
    withNode({}, {}, ({ host }) => {
      const handler = fetchHandler(seedSite(host, () => {}, [ORIGIN]));
      return use((path, init) => handler(new Request(`http://127.0.0.1${path}`, init)));
    }),
  );
}

const VALUE = '/gossip.Gossip/CurrentValue';
const ASKED = {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: '{}',
} as const;

onBoth('Connect JSON', async (call) => {
  assert.equal(await (await call(VALUE, ASKED)).json(), { value: 50 });
});

onBoth('gRPC-web, to the byte', async (call) => {
  const response = await call(VALUE, {
    method: 'POST',
    headers: { 'Content-Type': 'application/grpc-web+proto' },
    body: Uint8Array.of(0, 0, 0, 0, 0),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  // A message of 2 bytes, field 1 of value 50; then the trailers.
  assert.equal([...bytes.subarray(0, 8)], [0, 0, 0, 0, 2, 8, 50, 0x80]);
  assert.match(new TextDecoder().decode(bytes.subarray(12)), /grpc-status: 0/);
});

onBoth('/healthz, /metrics, and nothing else', async (call) => {
  const health = await call('/healthz?verbose');
  assert.is(health.status, 200);
  assert.is(await health.text(), 'serving\n');
  const metrics = await call('/metrics');
  assert.match(metrics.headers.get('Content-Type') ?? '', /^text\/plain; version=0\.0\.4/);
  const text = await metrics.text();
  assert.match(text, /^gossip_value\{node="sim-g0-n5"\} 50$/m);
  assert.match(text, /^process_resident_memory_bytes\{.*\} \d+$/m);
  assert.match(text, /^gossip_exchanges_total\{outcome="initiated",node="sim-g0-n5"\} 0$/m);
  for (const [path, init] of [
    ['/', {}],
    ['/healthz/', {}],
    ['/healthz', { method: 'POST' }],
  ] as const) {
    const nothing = await call(path, init);
    assert.is(nothing.status, 404, path);
    await nothing.text();
  }
});

onBoth('CORS for the origins listed only', async (call) => {
  const asked = (origin: string) =>
    call(VALUE, {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
    });
  const allowed = await asked(ORIGIN);
  assert.is(allowed.status, 204);
  assert.is(allowed.headers.get('Access-Control-Allow-Origin'), ORIGIN);
  assert.match(allowed.headers.get('Access-Control-Allow-Methods') ?? '', /POST/);
  assert.match(allowed.headers.get('Access-Control-Allow-Headers') ?? '', /X-Grpc-Web/);
  for (const origin of ['http://localhost:8081', `${ORIGIN}.evil`, 'null']) {
    const refused = await asked(origin);
    assert.is(refused.headers.get('Access-Control-Allow-Origin'), null);
    assert.is(refused.headers.get('Access-Control-Allow-Methods'), null);
    assert.is(refused.headers.get('Vary'), 'Origin');
  }
  const answer = await call(VALUE, { ...ASKED, headers: { ...ASKED.headers, Origin: ORIGIN } });
  assert.is(answer.headers.get('Access-Control-Allow-Origin'), ORIGIN);
  assert.match(answer.headers.get('Access-Control-Expose-Headers') ?? '', /Grpc-Status/);
  assert.equal(await answer.json(), { value: 50 });
});

testInTime('one port: no origin is allowed by default', () =>
  withNode({}, {}, async (_, url) => {
    const answer = await fetch(url + VALUE, {
      ...ASKED,
      headers: { ...ASKED.headers, Origin: url },
    });
    assert.is(answer.headers.get('Access-Control-Allow-Origin'), null);
    await answer.text();
  }),
);

testInTime('one port: connections of both versions at once, and of neither', () =>
  withNode({}, {}, async ({ port }, url) => {
    const session = connect(url);
    const stream = session.request({ [constants.HTTP2_HEADER_PATH]: '/healthz' });
    const second = await new Promise((resolve, reject) => {
      let text = '';
      stream.on('data', (bytes) => (text += bytes));
      stream.on('end', () => resolve(text));
      stream.on('error', reject);
    });
    assert.is(second, 'serving\n');
    const first = await new Promise((resolve, reject) => {
      get(`${url}/healthz`, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
    assert.is(first, 200);
    session.close();
    assert.match(await sendRaw(port, 'nonsense\r\n\r\n'), /^HTTP\/1.1 400/);
    await sendRaw(port, 'PRI * HTTP/2.0\r\n\r\nnonsense');
    assert.is((await fetch(`${url}/healthz`)).status, 200, 'still up');
  }),
);

testInTime('one port: a request whose body comes in pieces', () =>
  withNode({}, {}, async (_, url) => {
    const text = await new Promise((resolve, reject) => {
      const call = request(url + VALUE, { method: 'POST', headers: ASKED.headers }, (response) => {
        let body = '';
        response.on('data', (bytes) => (body += bytes));
        response.on('end', () => resolve(body));
      });
      call.on('error', reject);
      call.write('{');
      setTimeout(() => call.end('}'), 30);
    });
    assert.is(text, '{"value":50}');
  }),
);

testInTime('health: Check and Watch, until the node stops', () =>
  withNode({}, {}, async (node, url) => {
    const health = createClient(Health, createGrpcTransport({ baseUrl: url }));
    for (const service of ['', 'gossip.Gossip', 'grpc.health.v1.Health']) {
      assert.is((await health.check({ service })).status, Status.SERVING, service);
    }
    const error = await health.check({ service: 'gossip.Nothing' }).catch(ConnectError.from);
    assert.is((error as ConnectError).code, Code.NotFound);
    const abort = new AbortController();
    for await (const { status } of health.watch(
      { service: 'gossip.Nothing' },
      { signal: abort.signal },
    )) {
      assert.is(status, Status.SERVICE_UNKNOWN);
      break;
    }
    abort.abort();
    const seen: Status[] = [];
    for await (const { status } of health.watch({ service: '' })) {
      seen.push(status);
      if (seen.length === 1) void node.stop();
    }
    assert.equal(seen, [Status.SERVING, Status.NOT_SERVING]);
  }),
);

testInTime('reflection: the services, their files, and what is not there', () =>
  withNode({}, {}, async (_, url) => {
    const reflection = createClient(ServerReflection, createGrpcTransport({ baseUrl: url }));
    const symbols = [
      'gossip.Gossip',
      'gossip.Gossip.History',
      'gossip.ValueEntry',
      'gossip.ValueEntry.value',
      'grpc.health.v1.HealthCheckResponse.ServingStatus',
    ];
    async function* questions() {
      yield { host: 'h', messageRequest: { case: 'listServices' as const, value: '' } };
      for (const value of symbols) {
        yield { messageRequest: { case: 'fileContainingSymbol' as const, value } };
      }
      yield { messageRequest: { case: 'fileByFilename' as const, value: 'gossip/gossip.proto' } };
      const value = 'gossip.Nothing';
      yield { messageRequest: { case: 'fileContainingSymbol' as const, value } };
      yield { messageRequest: { case: 'fileByFilename' as const, value } };
      yield { messageRequest: { case: 'allExtensionNumbersOfType' as const, value } };
      const extension = { containingType: 'gossip.ValueEntry', extensionNumber: 100 };
      yield { messageRequest: { case: 'fileContainingExtension' as const, value: extension } };
      yield { messageRequest: { case: undefined } };
    }
    const answers: string[] = [];
    for await (const answer of reflection.serverReflectionInfo(questions())) {
      const { case: kind, value } = answer.messageResponse;
      if (kind === 'listServicesResponse') {
        assert.is(answer.validHost, 'h');
        answers.push(value.service.map(({ name }) => name).join());
      } else if (kind === 'fileDescriptorResponse') {
        const [bytes] = value.fileDescriptorProto;
        answers.push(fromBinary(FileDescriptorProtoSchema, bytes).name);
      } else answers.push(kind === 'errorResponse' ? `error ${value.errorCode}` : String(kind));
    }
    assert.equal(answers, [
      'gossip.Gossip,grpc.health.v1.Health,grpc.reflection.v1.ServerReflection',
      ...new Array(4).fill('gossip/gossip.proto'),
      'grpc/health/v1/health.proto',
      'gossip/gossip.proto',
      ...new Array(5).fill('error 5'),
    ]);
  }),
);

test.run();
