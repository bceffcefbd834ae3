import { createServer } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createMetrics } from './metrics.ts';
import { serveMetrics } from './serve-metrics.ts';

const FIGURES = {
  queueDepth: () => 3,
  leader: () => true,
  requests: [
    { verb: 'patch', kind: 'Simulation/status', status: 200, count: 5 },
    { verb: 'get', kind: 'Job', status: 0, count: 1 },
  ],
  simulations: () => ({ Running: 2, Queued: 1 }),
};

test('the figures are those of now', async () => {
  let depth = 1;
  let states: Record<string, number> = { Running: 2 };
  const requests = [{ verb: 'get', kind: 'Job', status: 200, count: 1 }];
  const metrics = createMetrics({
    queueDepth: () => depth,
    leader: () => false,
    requests,
    simulations: () => states,
  });
  await metrics.text();
  depth = 4;
  states = { Complete: 1 };
  requests[0].count = 7;
  const text = await metrics.text();
  const lines = text.split('\n');
  for (const line of [
    'gossip_operator_queue_depth 4',
    'gossip_operator_leader 0',
    'gossip_simulations{state="Complete"} 1',
    'gossip_operator_api_requests_total{verb="get",kind="Job",status="200"} 7',
    'gossip_operator_reconciliations_total{result="failed"} 0',
  ])
    assert.ok(lines.includes(line), `${line}\n${text}`);
  assert.not.match(text, /state="Running"/);
  assert.match(text, /^process_resident_memory_bytes \d/m);
});

test('passes are counted and timed', async () => {
  const metrics = createMetrics(FIGURES);
  metrics.reconciled('done', 0.02);
  metrics.reconciled('done', 40);
  metrics.reconciled('failed', 0.2);
  const lines = (await metrics.text()).split('\n');
  for (const line of [
    'gossip_operator_reconciliations_total{result="done"} 2',
    'gossip_operator_reconciliations_total{result="failed"} 1',
    'gossip_operator_reconciliation_seconds_bucket{le="0.025"} 1',
    'gossip_operator_reconciliation_seconds_bucket{le="0.25"} 2',
    'gossip_operator_reconciliation_seconds_count 3',
  ])
    assert.ok(lines.includes(line), line);
});

test('they are served, beside whether the operator is healthy and ready', async () => {
  let missing: string | null = 'the watch of jobs has not begun';
  const ready = () => missing;
  const server = await serveMetrics({ port: 0, metrics: createMetrics(FIGURES), ready });
  const asked = async (path: string, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
    return [response.status, await response.text()] as const;
  };
  try {
    const [status, text] = await asked('/metrics?x=y');
    assert.is(status, 200);
    assert.match(text, /^gossip_simulations\{state="Running"\} 2$/m);
    assert.equal(await asked('/healthz'), [200, 'ok\n']);
    assert.equal(await asked('/readyz'), [503, 'the watch of jobs has not begun\n']);
    missing = null;
    assert.equal(await asked('/readyz'), [200, 'ok\n']);
    assert.is((await asked('/constructor'))[0], 404);
    assert.is((await asked('/healthz', 'POST'))[0], 405);
    assert.equal(await asked('/healthz', 'HEAD'), [200, '']);
  } finally {
    await server.close();
  }
});

test('a port that is taken is said', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const options = { port, host: '127.0.0.1', metrics: createMetrics(FIGURES), ready: () => null };
  const error = await serveMetrics(options).catch((error) => error);
  assert.match(error.message, /cannot listen on port \d+ \(EADDRINUSE\); choose another/);
  await new Promise((resolve) => other.close(resolve));
});

test.run();
