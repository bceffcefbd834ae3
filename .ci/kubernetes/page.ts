// node .ci/kubernetes/page.ts: the page that deploy/base serves, through a port-forward, on the cluster that KUBECONFIG names:
// it shows what the cluster has played, and starts nothing.
import { spawn } from 'node:child_process';
import { NAMESPACE } from './cluster.ts';
import { check, exitCode } from './report.ts';

/** Milliseconds. */
const FORWARDED = 30_000;
const FORWARDING = /^Forwarding from (127\.0\.0\.1:\d+)/m;

interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

const { url, close } = await forward();
try {
  await check('the page is there, and bound by its policy', async () => {
    const response = await fetch(url);
    const policy = response.headers.get('content-security-policy') ?? '';
    const isPage = (await response.text()).includes('<title>Gossip</title>');
    return isPage && policy.includes("default-src 'none'") ? [] : [`${response.status}, ${policy}`];
  });
  await check('it shows what was played here, run by run', async () => {
    const { json } = await ask('ListSimulations', {});
    const simulations = (json.simulations ?? []) as { folder: string; graphs: string[] }[];
    if (simulations.length === 0) return [JSON.stringify(json)];
    const [{ folder, graphs }] = simulations;
    const place = { folder, graph: graphs[0], execution: 1, run: 1 };
    const values = await ask('GetValues', { place, round: 1 });
    console.log(`      ${simulations.length} simulations, of ${folder} the values of round 1`);
    return ((values.json.values ?? []) as number[]).length > 0 ? [] : [JSON.stringify(values.json)];
  });
  await check('it starts nothing', async () => {
    const { status, json } = await ask('StartSimulations', { examples: ['karate'] });
    console.log(`      ${status}: ${json.message}`);
    return json.code === 'permission_denied' ? [] : [JSON.stringify(json)];
  });
} finally {
  close();
}
process.exitCode = exitCode();

async function ask(method: string, request: object): Promise<Answer> {
  const response = await fetch(`${url}gossip.v1.SimulationService/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
  return { status: response.status, json: (await response.json()) as Answer['json'] };
}

async function forward(): Promise<{ url: string; close(): void }> {
  const args = ['-n', NAMESPACE, 'port-forward', 'service/gossip-page', ':8080'];
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const close = () => void child.kill();
  process.once('exit', close);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const late = setTimeout(reject, FORWARDED, new Error('there is no port-forward'));
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
    const [, address] = FORWARDING.exec(said) ?? [];
    if (address !== undefined) resolve(`http://${address}/`);
  });
  child.once('exit', (code) => reject(new Error(`kubectl port-forward left with ${code}`)));
  const url = await promise.finally(() => clearTimeout(late));
  return { url, close };
}
