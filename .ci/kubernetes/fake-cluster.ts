/** A cluster with fake nodes, whose pods are ready at once and run nothing; ../shared/kube makes it. */
import { execFileSync, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const KUBE = '../shared/kube';
/** What scripts print is not among the figures. */
const QUIET: StdioOptions = ['ignore', 'ignore', 'inherit'];

/** What a Simulation's `spec.pod` says where its pods are to be on fake nodes. */
export const ON_FAKE_NODES = {
  nodeSelector: { type: 'fake' },
  tolerations: [{ key: 'kwok.x-k8s.io/node', operator: 'Exists' }],
};

/**
 * Starts a cluster of its own with so many fake nodes of 500 pods each, installs deploy/try there on its real node, and lets
 * kubectl talk to it. It ends with this process.
 */
export async function openFakeCluster(nodes: number): Promise<void> {
  const { env } = process;
  execFileSync(`${KUBE}/build`, ['--kwok'], { stdio: QUIET });
  const cache =
    env.MINIKLUSTER_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'minikluster');
  const folder = mkdtempSync(join(tmpdir(), 'gossip-fake-'));
  env.PATH = `${join(cache, 'bin')}:${env.PATH}`;
  env.MINIKLUSTER_STATE = join(folder, 'state');
  env.MINIKLUSTER_PORT = String(await freePort());
  env.MINIKLUSTER_FAKE_NODES = String(nodes);
  process.once('exit', () => {
    execFileSync(`${KUBE}/down`, ['--purge'], { stdio: QUIET });
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(1));
  const said = execFileSync(`${KUBE}/up`, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  env.KUBECONFIG = said.trim();
  execFileSync('.ci/kubernetes/images', { stdio: QUIET });
  execFileSync('kubectl', ['apply', '-k', 'deploy/try'], { stdio: QUIET });
  const rollout = ['-n', 'gossip', 'rollout', 'status', 'deployment', '--timeout=180s'];
  execFileSync('kubectl', rollout, { stdio: QUIET });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
