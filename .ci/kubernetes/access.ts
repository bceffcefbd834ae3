// node .ci/kubernetes/access.ts: who may do what on the cluster that KUBECONFIG names, once deploy/try is installed there;
// that its pods are restricted ones, that installing twice changes nothing, and that nothing is left when all is removed
// as docs/kubernetes.md says. It removes the installation: do not run it where you need it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply, ended, kubectl, NAMESPACE, notComplete, read, until } from './cluster.ts';
import { documented } from './documented.ts';
import { DENIED, RIGHTS } from './expected-rights.ts';
import { check, exitCode } from './report.ts';
import { account, may, rightsOf, writeKubeconfig } from './rights.ts';

const INSTALL = ['apply', '-k', 'deploy/try'];
const READY = 120;
const PLAYED = 300;

/** Kinds of which nothing is left in any namespace, or in none. */
const KINDS = [
  ...['pods', 'jobs', 'services', 'deployments', 'replicasets', 'configmaps', 'secrets', 'leases'],
  ...['networkpolicies', 'serviceaccounts', 'roles', 'rolebindings', 'poddisruptionbudgets'],
  ...['endpointslices', 'persistentvolumeclaims', 'priorityclasses', 'customresourcedefinitions'],
  ...['clusterroles', 'clusterrolebindings', 'namespaces'],
];

await check('installed, and installed again: nothing changes', async () => {
  kubectl(INSTALL);
  for (const name of ['minio', 'gossip-operator', 'gossip-page']) {
    kubectl(['-n', NAMESPACE, 'rollout', 'status', `deployment/${name}`, `--timeout=${READY}s`]);
  }
  const lines = kubectl(INSTALL).trimEnd().split('\n');
  return lines.filter((line) => !line.endsWith(' unchanged'));
});

for (const [name, expected] of Object.entries(RIGHTS)) {
  await check(`${name} may do ${expected.length} things, and nothing else`, async () => {
    const anyone = new Set(rightsOf(account(NAMESPACE, 'nobody')));
    const rights = rightsOf(account(NAMESPACE, name)).filter((right) => !anyone.has(right));
    return [
      ...rights.filter((right) => !expected.includes(right)).map((right) => `also ${right}`),
      ...expected.filter((right) => !rights.includes(right)).map((right) => `not ${right}`),
    ];
  });
  await check(`${name} may do nothing elsewhere`, async () => {
    const anyone = new Set(rightsOf(account(NAMESPACE, 'nobody'), 'default'));
    return rightsOf(account(NAMESPACE, name), 'default').filter((right) => !anyone.has(right));
  });
}
await check('what every account may is to ask about itself', async () =>
  rightsOf(account(NAMESPACE, 'nobody')).filter((right) => !/^(self|clustertrust)/.test(right)),
);
await check(`${DENIED.length} questions are answered with no`, async () =>
  DENIED.filter(([name, ...asked]) => may(account(NAMESPACE, name), asked)).map(
    (denied) => `yes: ${denied.join(' ')}`,
  ),
);

await check('a pod that is not restricted is refused', async () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'unrestricted' },
    spec: { containers: [{ name: 'any', image: 'any' }] },
  };
  const args = ['-n', NAMESPACE, 'create', '--dry-run=server', '-f', '-'];
  const { status, stderr } = spawnSync('kubectl', args, {
    input: JSON.stringify(pod),
    encoding: 'utf8',
  });
  return status !== 0 && stderr.includes('violates PodSecurity') ? [] : [`it is not: ${stderr}`];
});

await check('pods of every kind are admitted, and both examples are complete', async () => {
  const seen = new Set<string>();
  const look = () => {
    for (const name of componentsOfPods()) seen.add(name);
  };
  apply('examples/kubernetes');
  const names = ['villages', 'villages-sweep'];
  const ends = ['Complete', 'Failed', 'Refused'];
  await until('the end of both', PLAYED, () => {
    look();
    return names.every((name) =>
      ends.includes(read<{ status?: { state?: string } }>('get', 'sim', name).status?.state ?? ''),
    );
  });
  const wrong = (await Promise.all(names.map((name) => ended(name, 1)))).flatMap(notComplete);
  const kinds = ['host', 'minio', 'operator', 'page', 'runner', 'worker'];
  wrong.push(...kinds.filter((kind) => !seen.has(kind)).map((kind) => `no ${kind} was seen`));
  return wrong;
});

await check(
  'whoever has the Role gossip-user may play from elsewhere, and read no Secret',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gossip-person-'));
    const KUBECONFIG = join(folder, 'kubeconfig');
    const args = ['run', 'examples/karate.yaml', '--strategies', 'examples/strategies'];
    args.push('--algorithm', 'low_degree', '--on', 'kubernetes', '--nodes-per-host', '17');
    try {
      kubectl(['-n', NAMESPACE, 'create', 'serviceaccount', 'person']);
      const bound = ['--role=gossip-user', `--serviceaccount=${NAMESPACE}:person`];
      kubectl(['-n', NAMESPACE, 'create', 'rolebinding', 'person', ...bound]);
      writeKubeconfig('person', KUBECONFIG);
      const results = join(folder, 'results');
      const played = spawnSync(process.execPath, ['bin/gossip.js', ...args, '--results', results], {
        env: { ...process.env, KUBECONFIG },
        encoding: 'utf8',
      });
      const wrong = played.status === 0 ? [] : [played.stderr];
      if (may(account(NAMESPACE, 'person'), ['get', 'secrets'])) wrong.push('it may read Secrets');
      return wrong;
    } finally {
      kubectl(['-n', NAMESPACE, 'delete', 'serviceaccount,rolebinding', 'person']);
      rmSync(folder, { recursive: true });
    }
  },
);

await check('removed as documented: nothing is left', async () => {
  const others = elsewhere();
  if (others.length > 0) return ['it would remove what is not ours:', ...others];
  documented('docs/kubernetes.md', 'Removal');
  const ours = ['app.kubernetes.io/part-of=gossip', 'app.kubernetes.io/managed-by=gossip-operator'];
  const left = () =>
    ours.flatMap((label) =>
      kubectl(['get', KINDS.join(','), '-A', '-l', label, '-o', 'name'])
        .split('\n')
        .filter((line) => line !== ''),
    );
  await until('nothing is left', READY, () => left().length === 0).catch(() => {});
  return left();
});
process.exitCode = exitCode();

/** What the pods there are for. */
function componentsOfPods(): string[] {
  const { items } = read<{ items: { metadata: { labels?: Record<string, string> } }[] }>(
    ...['get', 'pods'],
  );
  return items.map(
    ({ metadata: { labels = {} } }) =>
      labels['app.kubernetes.io/component'] ?? labels['app.kubernetes.io/name'],
  );
}

/** Graphs and Simulations of other namespaces. */
function elsewhere(): string[] {
  const columns = 'custom-columns=:metadata.namespace,:kind,:metadata.name';
  const said = kubectl(['get', 'graphs,simulations', '-A', '--no-headers', '-o', columns]);
  return said.split('\n').filter((line) => line !== '' && !line.startsWith(`${NAMESPACE} `));
}
