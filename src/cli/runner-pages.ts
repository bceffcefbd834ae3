import { createServer } from 'node:http';
import type { Registry } from 'prom-client';
import { PHASES, type ProgressKeeper } from '../runner/index.ts';
import { listenOn } from '../service/listen.ts';
import { page } from '../service/pages.ts';

/** What a runner says to those who look. */
export interface RunnerPages {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves /progress (as JSON), /metrics and /healthz on all addresses of this machine.
 *
 * @param port 0: any that is free
 * @throws GossipError `input` where the port cannot be listened on
 */
export async function serveRunnerPages(
  progress: ProgressKeeper,
  port: number,
): Promise<RunnerPages> {
  let registry: Promise<Registry> | null = null;
  const source = {
    isServing: () => true,
    async metrics() {
      registry ??= createRegistry(progress);
      return (await registry).metrics();
    },
  };
  const server = createServer(async (request, response) => {
    const [path] = (request.url ?? '').split('?', 1);
    const found =
      path === '/progress'
        ? { status: 200, type: 'application/json', body: `${JSON.stringify(progress.now())}\n` }
        : await page(path, source);
    const { status, type, body } = found ?? { status: 404, type: 'text/plain', body: '' };
    response.writeHead(status, { 'Content-Type': type }).end(body);
  });
  const listening = await listenOn(server, { port }, '--port');
  return {
    port: listening,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** No figure has a label per node or host: there may be many. */
async function createRegistry(progress: ProgressKeeper): Promise<Registry> {
  const { Gauge, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const figures = {
    runs: 'Runs that this runner is to play.',
    runsDone: 'Runs of these that are finished.',
    hosts: 'Hosts that hold the nodes; 0 where runs are played in memory.',
    hostsReady: 'Hosts of these that are there.',
  } as const;
  for (const [figure, help] of Object.entries(figures)) {
    const name = figure.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
    new Gauge({
      name: `gossip_runner_${name}`,
      help,
      registers,
      collect() {
        this.set(progress.now()[figure as keyof typeof figures]);
      },
    });
  }
  new Gauge({
    name: 'gossip_runner_phase',
    help: 'What the runner does: 1 for one phase, 0 for the others.',
    labelNames: ['phase'],
    registers,
    collect() {
      for (const phase of PHASES) this.set({ phase }, Number(progress.now().phase === phase));
    },
  });
  new Gauge({
    name: 'gossip_runner_phase_seconds',
    help: 'How long the runner has been in each phase.',
    labelNames: ['phase'],
    registers,
    collect() {
      const seconds = progress.seconds();
      for (const phase of PHASES) this.set({ phase }, seconds[phase]);
    },
  });
  return registry;
}
