/** What a cluster asks, and makes of the answers; that a real API server understands it is for CI to see. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { timedTest } from '../transport/within.fixture.ts';
import { type Answer, type Asked, cut, json, status, withApiServer } from './api-server.fixture.ts';
import { type Cluster, CONFIG_MAP, JOB, KubernetesError, NAMESPACE } from './index.ts';

const KEY = { namespace: 'ns', name: 'a' };
const EXACT = { ...KEY, uid: 'u', resourceVersion: '7' };
const OBJECT = { metadata: KEY, data: { x: '1' } };
const gone = status(410, 'Expired');

/** Uses a server that gives these answers one after the other, and the last again and again. */
const answering = (
  answers: readonly Answer[],
  use: (cluster: Cluster, asked: readonly Asked[]) => Promise<void>,
) => {
  let next = 0;
  return withApiServer(() => answers[Math.min(next++, answers.length - 1)], use);
};

async function errorOf(promise: Promise<unknown>): Promise<KubernetesError> {
  const error = await promise.then(
    (value) => assert.unreachable(`gave ${JSON.stringify(value)}`),
    (error) => error,
  );
  if (!(error instanceof KubernetesError)) throw error;
  assert.instance(error, GossipError);
  return error;
}

test('objects are asked for at their addresses, with credentials', async () => {
  await answering([json({})], async (cluster, asked) => {
    await cluster.get(CONFIG_MAP, KEY);
    await cluster.get(NAMESPACE, { name: 'n' });
    await cluster.list(JOB, 'ns', { labels: { 'a/b': 'c', d: 'e' }, fields: 'x=y' });
    await cluster.list(JOB, null, { labels: 'a in (b, c)', limit: 7 });
    await cluster.create(CONFIG_MAP, OBJECT);
    await cluster.apply(CONFIG_MAP, OBJECT);
    await cluster.patchStatus(JOB, EXACT, { ready: 1 });
    await cluster.update(CONFIG_MAP, OBJECT);
    await cluster.delete(JOB, { ...KEY, uid: 'u' });
    assert.equal(
      asked.map(({ method, path }) => `${method} ${path}`),
      [
        'GET /api/v1/namespaces/ns/configmaps/a',
        'GET /api/v1/namespaces/n',
        'GET /apis/batch/v1/namespaces/ns/jobs',
        'GET /apis/batch/v1/jobs',
        'POST /api/v1/namespaces/ns/configmaps',
        'PATCH /api/v1/namespaces/ns/configmaps/a',
        'PATCH /apis/batch/v1/namespaces/ns/jobs/a/status',
        'PUT /api/v1/namespaces/ns/configmaps/a',
        'DELETE /apis/batch/v1/namespaces/ns/jobs/a',
      ],
    );
    const [, , list, listAll, create, apply, patch, , remove] = asked;
    assert.is(list.query.get('labelSelector'), 'a/b=c,d=e');
    assert.is(list.query.get('fieldSelector'), 'x=y');
    assert.is(listAll.query.get('labelSelector'), 'a in (b, c)');
    assert.is(listAll.query.get('limit'), '7');
    assert.equal(JSON.parse(create.body), { apiVersion: 'v1', kind: 'ConfigMap', ...OBJECT });
    assert.is(apply.headers['content-type'], 'application/apply-patch+yaml');
    assert.is(`${apply.query}`, 'fieldManager=gossip-test&fieldValidation=Strict&force=true');
    assert.equal(JSON.parse(patch.body), {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: EXACT,
      status: { ready: 1 },
    });
    assert.equal(JSON.parse(remove.body), {
      propagationPolicy: 'Background',
      preconditions: { uid: 'u' },
    });
    // The token's file ends in a new line.
    for (const { headers } of asked) assert.is(headers.authorization, 'Bearer secret');
    assert.is(cluster.namespace, 'home');
  });
});

test('a name is never more than a name', async () => {
  await answering([json({})], async (cluster, asked) => {
    await cluster.get(CONFIG_MAP, { namespace: 'ns', name: '../../x?y#z' });
    assert.is(asked[0].path, '/api/v1/namespaces/ns/configmaps/..%2F..%2Fx%3Fy%23z');
    for (const name of ['', '.', '..'])
      assert.throws(() => cluster.get(CONFIG_MAP, { namespace: 'ns', name }), /is no name/);
    assert.throws(() => cluster.get(CONFIG_MAP, { name: 'a' }), /without its namespace/);
    assert.throws(() => cluster.create(CONFIG_MAP, { metadata: {} }), /has no name/);
    assert.is(asked.length, 1);
  });
});

test('what is not there, is there already or has changed is an answer', async () => {
  await answering([status(404, 'NotFound')], async (cluster) => {
    assert.is(await cluster.get(CONFIG_MAP, KEY), null);
    assert.is(await cluster.delete(CONFIG_MAP, KEY), false);
    assert.is(await cluster.patchStatus(JOB, EXACT, {}), null);
    assert.is(await cluster.update(CONFIG_MAP, OBJECT), null);
  });
  await answering([status(409, 'AlreadyExists')], async (cluster) => {
    assert.is(await cluster.create(CONFIG_MAP, OBJECT), null);
  });
  await answering([status(409, 'Conflict')], async (cluster) => {
    assert.is(await cluster.update(CONFIG_MAP, OBJECT), null);
    assert.is(await cluster.patchStatus(JOB, EXACT, {}), null);
    assert.is(await cluster.delete(CONFIG_MAP, { ...KEY, uid: 'u' }), false);
    assert.is((await errorOf(cluster.delete(CONFIG_MAP, KEY))).reason, 'Conflict');
    assert.is((await errorOf(cluster.create(CONFIG_MAP, OBJECT))).reason, 'Conflict');
  });
});

test('a list is all of its pages, without what nobody reads', async () => {
  const page = (name: string, next: string) =>
    json({
      metadata: { continue: next, resourceVersion: '9' },
      items: [{ metadata: { name, managedFields: [{}] } }],
    });
  await answering([page('a', 'one'), page('b', 'two'), page('c', '')], async (cluster, asked) => {
    const { items, resourceVersion } = await cluster.list(JOB, 'ns');
    assert.is(resourceVersion, '9');
    assert.equal(
      items,
      ['a', 'b', 'c'].map((name) => ({ metadata: { name }, apiVersion: 'batch/v1', kind: 'Job' })),
    );
    assert.equal(
      asked.map(({ query }) => query.get('continue')),
      [null, 'one', 'two'],
    );
  });
  await answering([page('a', 'one'), gone, page('b', '')], async (cluster, asked) => {
    const { items } = await cluster.list(JOB, 'ns');
    assert.equal(
      items.map(({ metadata }) => metadata?.name),
      ['b'],
      'the server forgot the list: it begins again',
    );
    assert.is(asked[2].query.get('continue'), null);
  });
  await answering([gone], async (cluster, asked) => {
    assert.is((await errorOf(cluster.list(JOB, 'ns'))).status, 410);
    assert.is(asked.length, 2);
  });
});

test('metadata alone is asked for as such', async () => {
  await answering(
    [json({ items: [{ metadata: { name: 'a', labels: { x: 'y' } } }] })],
    async (cluster, asked) => {
      const { items } = await cluster.listMetadata(CONFIG_MAP, 'ns');
      assert.equal(items[0].metadata, { name: 'a', labels: { x: 'y' } });
      assert.match(
        asked[0].headers.accept ?? '',
        /as=PartialObjectMetadataList;g=meta.k8s.io;v=v1/,
      );
    },
  );
});

timedTest('what passes is asked again, what does not is not', async () => {
  for (const code of [0, 429, 500, 502, 503, 504]) {
    const first = code === 0 ? cut : status(code, '');
    await answering([first, json({ data: {} })], async (cluster, asked) => {
      assert.equal(await cluster.apply(CONFIG_MAP, OBJECT), { data: {} });
      assert.is(asked.length, 2);
      assert.is(asked[0].body, asked[1].body);
      assert.equal(cluster.requests, [
        { verb: 'patch', kind: 'ConfigMap', status: code, count: 1 },
        { verb: 'patch', kind: 'ConfigMap', status: 200, count: 1 },
      ]);
    });
  }
  for (const code of [400, 401, 403, 405, 409, 410, 422]) {
    await answering([status(code, '')], async (cluster, asked) => {
      assert.is((await errorOf(cluster.apply(CONFIG_MAP, OBJECT))).status, code);
      assert.is(asked.length, 1);
    });
  }
  const wrong = status(500, '', 'failed to create typed patch object: .date: field not declared');
  await answering([wrong], async (cluster, asked) => {
    assert.is((await errorOf(cluster.apply(CONFIG_MAP, OBJECT))).code, 'input');
    assert.is(asked.length, 1);
  });
});

timedTest('a wait that the server asks for is told, and kept', async () => {
  const later = json({ message: 'later' }, 429, { 'Retry-After': '20' });
  await answering([later, json({})], async (cluster, asked) => {
    // Kept, it ends beyond the patience.
    const error = await errorOf(cluster.get(CONFIG_MAP, KEY, { patience: 5000 }));
    assert.is(error.retryAfter, 20_000);
    assert.is(error.code, 'failed');
    assert.is(asked.length, 1);
  });
  const said = json({ message: 'later', details: { retryAfterSeconds: 3 } }, 504);
  await answering([said], async (cluster) => {
    const error = await errorOf(cluster.get(CONFIG_MAP, KEY, { patience: 0 }));
    assert.is(error.retryAfter, 3000);
  });
});

timedTest('no answer within the deadline, half an answer, and a signal', async () => {
  const never: Answer = () => {};
  const half: Answer = (response) => {
    response.writeHead(200, { 'Content-Length': '100' });
    response.write('{');
  };
  const once = { deadline: 50, patience: 0 };
  for (const answer of [never, half]) {
    await answering([answer], async (cluster) => {
      const error = await errorOf(cluster.get(CONFIG_MAP, KEY, once));
      assert.is(error.reason, 'ETIMEDOUT');
      assert.match(
        error.message,
        /^cannot get configmaps "a" in the namespace "ns": http:\S+ does/,
      );
      const controller = new AbortController();
      const { signal } = controller;
      const asked = cluster.get(CONFIG_MAP, KEY, { signal }).catch((reason) => reason);
      setTimeout(() => controller.abort('enough'), 20);
      assert.is(await asked, 'enough');
      assert.is(await cluster.get(CONFIG_MAP, KEY, { signal }).catch((r) => r), 'enough');
    });
  }
});

test('errors say what, where and what would be right', async () => {
  const cases: [Answer, RegExp][] = [
    [
      status(401, 'Unauthorized'),
      /^cannot list jobs\.batch in the namespace "ns": http:\S+ does not accept the credentials/,
    ],
    [
      status(403, 'Forbidden', 'jobs is forbidden: User "sa" cannot list resource "jobs"'),
      /: sa may not \(403 Forbidden\); a Role must allow the verb list on jobs\.batch$/,
    ],
    [status(403, 'Forbidden', 'exceeded quota: pods=50'), /forbids it: exceeded quota: pods=50$/],
    [status(404, 'NotFound', 'namespaces "ns" not found'), /there is no such namespace/],
    [
      (response) => response.writeHead(404).end('404 page not found\n'),
      /has none \(404 Not Found\): 404 page not found; where the kind is not installed/,
    ],
    [
      status(422, 'Invalid', 'spec.x: \u001b[31mInvalid'),
      /^cannot list jobs\.batch in the namespace "ns": spec\.x: {2}\[31mInvalid$/,
    ],
    [(response) => response.end('<html>'), /is no API server of Kubernetes/],
    [(response) => response.end('"text"'), /is no API server of Kubernetes/],
  ];
  for (const [answer, message] of cases) {
    await answering([answer], async (cluster) => {
      const error = await errorOf(cluster.list(JOB, 'ns'));
      assert.match(error.message, message);
      assert.is(error.code, 'input');
    });
  }
});

test('a server that is not there is named', async () => {
  let left: Cluster | null = null;
  await answering([json({})], async (cluster) => {
    left = cluster;
  });
  const error = await errorOf(left!.get(CONFIG_MAP, KEY, { patience: 0 }));
  assert.is(error.reason, 'ECONNREFUSED');
  assert.is(error.code, 'failed');
  assert.match(error.message, /127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\); KUBECONFIG must/);
});

test.run();
