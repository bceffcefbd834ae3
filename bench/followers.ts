// What people who follow a run cost it: the processor time of the thread that plays, with nobody and with 30 followers who
// read all that they are sent. Prints the median of each and their ratio. Arguments: how often each (5), followers (30).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, createRouterTransport } from '@connectrpc/connect';
import { stringify } from 'yaml';
import { SimulationService } from '../src/gen/gossip/v1/simulation_pb.ts';
import { createJob } from '../src/serve/jobs/job.ts';
import { prepare } from '../src/serve/jobs/prepare.ts';
import { median } from '../src/statistics/index.ts';

const [times = 5, followers = 30] = process.argv.slice(2).map(Number);

/** A few long runs of many rounds, and many that are over in less than a millisecond. */
const WORKLOADS = {
  'ring of 10,000 nodes': { nodes: 10_000, repetitions: 8, maxRounds: 2000 },
  'ring of 34 nodes': { nodes: 34, repetitions: 1000, maxRounds: 100 },
};

for (const [name, { nodes, repetitions, maxRounds }] of Object.entries(WORKLOADS)) {
  const edges = Array.from({ length: nodes }, (_, node) => `${node} ${(node + 1) % nodes}\n`);
  const spec = {
    graphSelector: { matchLabels: { name: 'ring' } },
    repetitions,
    maxRounds,
    schedule: 'random',
    start: 'source',
    seed: 1,
  };
  const simulation = {
    apiVersion: 'gossip.io/v1',
    kind: 'Simulation',
    metadata: { name: 'bench' },
    spec,
  };
  const bytes = (text: string) => new TextEncoder().encode(text);
  const prepared = await prepare({
    files: [
      { name: 'ring.txt', content: bytes(edges.join('')) },
      { name: 'bench.yaml', content: bytes(stringify(simulation)) },
    ],
    examples: [],
    graphs: [],
    strategies: [],
    jobs: 1,
  });
  if ('problems' in prepared) throw new Error(prepared.problems[0].text);
  const seconds: Record<number, number[]> = { 0: [], [followers]: [] };
  let messages = 0;
  let rounds = 0;
  for (let time = 0; time < times; time++) {
    for (const count of [0, followers]) {
      const results = mkdtempSync(join(tmpdir(), 'gossip-'));
      const request = {
        results,
        environment: {},
        strategies: [],
        history: 'none' as const,
        timestamp: '2026-01-01-00-00-00',
        jobs: 1,
      };
      const job = createJob(prepared.simulations[0], request, {
        onChange() {},
        notice: console.error,
      });
      const client = createClient(
        SimulationService,
        createRouterTransport(({ rpc }) =>
          rpc(SimulationService.method.followSimulation, (_, { signal }) =>
            job.follow(() => 0, signal),
          ),
        ),
      );
      const following = Array.from({ length: count }, async () => {
        for await (const { part } of client.followSimulation({})) {
          messages++;
          rounds += part?.rounds.length ?? 0;
        }
      });
      job.play();
      const { cpuSeconds, problem } = await job.over;
      if (problem !== '') throw new Error(problem);
      await Promise.all(following);
      seconds[count].push(cpuSeconds);
      rmSync(results, { recursive: true });
    }
  }
  const [alone, followed] = [0, followers].map((count) => median(seconds[count]));
  console.log(
    `${name}: ${alone.toFixed(3)} s alone, ${followed.toFixed(3)} s with ${followers} followers: ${(followed / alone).toFixed(3)} times; ` +
      `each was sent ${Math.round(messages / followers / times)} messages with ${Math.round(rounds / followers / times)} rounds`,
  );
}
