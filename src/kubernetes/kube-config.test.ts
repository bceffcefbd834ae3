import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { kubeConfig } from './api-server.fixture.ts';
import { CONFIG_MAP, connectKubernetes, KubernetesError, openCluster } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'gossip-kube-config-'));
test.after(() => rmSync(folder, { recursive: true }));

const GOOD = 'https://example.org:6443';

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const messageOf = (environment: Record<string, string>) =>
  connectKubernetes(environment).then(
    ({ server }) => `connected to ${server}`,
    (error) => {
      assert.instance(error, GossipError);
      assert.is(error.code, 'input');
      return error.message as string;
    },
  );

test('the cluster, the namespace and a path before the API come from the current context', async () => {
  const KUBECONFIG = file('good', kubeConfig(`${GOOD}/behind/a/path/`));
  const { server, namespace } = await connectKubernetes({ KUBECONFIG });
  assert.is(server, `${GOOD}/behind/a/path`);
  assert.is(namespace, 'home');
  const bare = file('bare', kubeConfig(GOOD).replace(',"namespace":"home"', ''));
  assert.is((await connectKubernetes({ KUBECONFIG: bare })).namespace, 'default');
});

test('of several files the first current context counts, and those that are not there are passed over', async () => {
  const none = join(folder, 'none');
  const here = file('here', '{"current-context": "x"}');
  const there = file('there', kubeConfig(GOOD).replace('"x"}', '"y"}'));
  const KUBECONFIG = [none, here, there].join(delimiter);
  assert.is(await messageOf({ KUBECONFIG }), `connected to ${GOOD}`);
});

test('what cannot be used is said, with where and what would be right', async () => {
  const good = kubeConfig(GOOD);
  const cases: [string, RegExp][] = [
    [join(folder, 'none'), /KUBECONFIG names \S+none, which is not there; set KUBECONFIG/],
    [folder, /cannot read the kubeconfig \S+ \(KUBECONFIG\): EISDIR/],
    [file('text', 'just text'), /has no current-context|is no kubeconfig/],
    [
      file('empty', ''),
      /the kubeconfig \S+ \(KUBECONFIG\): expected a document, but the input is empty/,
    ],
    [file('list', '[1, 2]'), /has no current-context/],
    [file('none-chosen', good.replace('"x"}', '""}')), /has no current-context; choose one/],
    [file('other', good.replace('"x"}', '"z"}')), /has no context "z"/],
    [file('no-cluster', good.replace('"cluster":"c"', '"cluster":"d"')), /has no cluster "d"/],
    [file('no-address', kubeConfig('')), /no address as https:|is no kubeconfig/],
    [file('ftp', kubeConfig('ftp://example.org')), /the cluster "c" no address as https:/],
    [file('large', ' '.repeat(2 ** 22 + 1)), /more than 4194304 bytes/],
  ];
  for (const [KUBECONFIG, message] of cases)
    assert.match(await messageOf({ KUBECONFIG }), message, KUBECONFIG);
});

test('no message quotes a key', async () => {
  const KUBECONFIG = file(
    'broken',
    'users:\n- user: {token: hunter2}\n  client-key-data: [hunter2',
  );
  const message = await messageOf({ KUBECONFIG });
  assert.match(message, /cannot read the kubeconfig \S+ \(KUBECONFIG\): line \d: /);
  assert.not.match(message, /hunter2/);
});

test('without a kubeconfig, and not in a pod', async () => {
  assert.match(await messageOf({ HOME: folder }), /^no cluster is named: KUBECONFIG is not set/);
});

test('credentials that cannot be had are said before anything is asked', async () => {
  const text = kubeConfig(GOOD);
  const cases: [string, RegExp][] = [
    ['{"client-certificate":"nowhere.pem","client-key":"nowhere.pem"}', /ENOENT.*nowhere\.pem/],
    [
      '{"exec":{"apiVersion":"client.authentication.k8s.io/v1","command":"sh","args":["-c","echo log in first >&2; exit 1"]}}',
      /there are no credentials for https:\S+: log in first$/,
    ],
  ];
  for (const [user, message] of cases) {
    const KUBECONFIG = file('user', text.replace(/\{"token":[^}]*\}/, user));
    const cluster = openCluster(await connectKubernetes({ KUBECONFIG }), { fieldManager: 'test' });
    const error = await cluster.get(CONFIG_MAP, { namespace: 'ns', name: 'a' }).catch((e) => e);
    assert.instance(error, GossipError);
    assert.not.instance(error, KubernetesError);
    assert.match(error.message, message);
  }
});

test.run();
