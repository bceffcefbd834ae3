// node .ci/kubernetes/api-restart.ts: a watch, a leader and a writer while the API server of the cluster that KUBECONFIG
// names is restarted by ../shared/kube.
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  CONFIG_MAP,
  connectKubernetes,
  keyOf,
  openCluster,
  watchAll,
} from '../../src/kubernetes/index.ts';
import { campaign } from '../../src/operator/leader.ts';
import { check, exitCode } from './report.ts';

const RESTART = fileURLToPath(new URL('../../../shared/kube/restart', import.meta.url));
const namespace = 'default';
const labels = { app: 'restart' };
/** How long a leader is allowed to be back, in milliseconds. */
const BACK = 60_000;

const connection = await connectKubernetes();
const cluster = openCluster(connection, { fieldManager: 'gossip-check' });
const controller = new AbortController();
const { signal } = controller;
const notices: string[] = [];
const terms: AbortSignal[] = [];
const told = new Map<string, string | undefined>();

const watched = watchAll(cluster, CONFIG_MAP, {
  namespaces: null,
  labels,
  onChange(key, object) {
    if (object === null) told.delete(key);
    else told.set(key, object.data?.x);
  },
  notice: (text) => notices.push(text),
  signal,
});
const led = campaign(
  { cluster, namespace, name: 'restart', identity: 'one', signal },
  async (term) => {
    terms.push(term);
    await new Promise((resolve) => term.addEventListener('abort', resolve));
  },
);
const leads = () => terms.length > 0 && !terms.at(-1)!.aborted;

await watched.synced;
await check('the API server is away for 3 s', () => away(3));
await check('the API server is away for 15 s: the leader steps down meanwhile', async () => {
  const [before] = terms.slice(-1);
  const wrong = await away(15);
  return before.aborted ? wrong : [...wrong, 'it leads on'];
});
controller.abort();
await Promise.all([watched.ended, led]);
connection.close();
process.exitCode = exitCode();

/** Restarts the API server while objects are written; what did not survive that. */
async function away(seconds: number): Promise<string[]> {
  await until(leads);
  notices.length = 0;
  const restarted = new AbortController();
  const written = write(restarted.signal);
  await sleep(500);
  const { failed, longest } = await promisify(execFile)(RESTART, ['kube-apiserver', `${seconds}`])
    .then(() => sleep(3000))
    .finally(() => restarted.abort())
    .then(() => written);
  const wrong = [...failed];
  if (longest < seconds * 1000) wrong.push(`no write took longer than ${longest} ms`);
  await until(leads);
  const { items } = await cluster.list(CONFIG_MAP, null, { labels });
  const there = JSON.stringify(items.map((item) => [keyOf(item), item.data?.x]).sort());
  const known = () =>
    JSON.stringify([...watched.objects].map(([key, { data }]) => [key, data?.x]).sort());
  await until(() => known() === there);
  if (known() !== there) wrong.push(`known: ${known()}`, `there: ${there}`);
  if (JSON.stringify([...told].sort()) !== there) wrong.push(`told: ${[...told]}`);
  const [ended, works] = notices;
  if (notices.length !== 2 || !/trying again/.test(ended) || !/works again/.test(works))
    wrong.push(`${notices.length} notices`, ...notices);
  if (!leads()) wrong.push('nobody leads');
  return wrong;
}

/** Writes and deletes objects until the signal; none of it may fail. */
async function write(signal: AbortSignal) {
  const failed: string[] = [];
  let longest = 0;
  for (let change = 0; !signal.aborted; change++) {
    const metadata = { namespace, name: `restart-${change % 7}`, labels };
    const begin = performance.now();
    const object = { metadata, data: { x: `${change}` } };
    const act =
      change % 5 === 4 ? cluster.delete(CONFIG_MAP, metadata) : cluster.apply(CONFIG_MAP, object);
    await act.catch((error) => failed.push(error.message));
    longest = Math.max(longest, performance.now() - begin);
    await sleep(20);
  }
  return { failed, longest };
}

async function until(what: () => boolean): Promise<void> {
  for (const end = performance.now() + BACK; !what() && performance.now() < end; ) await sleep(50);
}
