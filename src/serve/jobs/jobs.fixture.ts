import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Client,
  Code,
  ConnectError,
  createClient,
  createRouterTransport,
} from '@connectrpc/connect';
import * as assert from 'uvu/assert';
import {
  type Job,
  JobState,
  type Problem,
  ProblemSchema,
  SimulationService,
} from '../../gen/gossip/v1/simulation_pb.ts';
import { createJobs, type Jobs, type JobsOptions, starting } from './index.ts';

/** What tests work with: a client of the handlers, the jobs behind them, and the folder of results. */
export interface Started {
  readonly client: Client<typeof SimulationService>;
  readonly jobs: Jobs;
  readonly results: string;
  /** What an operator was told. */
  readonly notices: string[];
}

/** For tests: jobs in a folder of their own, stopped and removed afterwards. */
export async function withJobs(
  options: Partial<JobsOptions>,
  use: (started: Started) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-'));
  const results = join(folder, 'results');
  const notices: string[] = [];
  const jobs = createJobs({
    results,
    environment: process.env,
    strategies: [],
    limits: { nodes: 0, runs: 0, atOnce: 1, waiting: 0 },
    graphOf: () => Promise.reject(new ConnectError('there is none', Code.NotFound)),
    notice: (text) => notices.push(text),
    ...options,
  });
  const transport = createRouterTransport((router) =>
    router.service(
      SimulationService,
      starting(jobs, ({ requestHeader }) => {
        if (requestHeader.get('gossip-token') === 'wrong')
          throw new ConnectError('not you', Code.PermissionDenied);
      }),
    ),
  );
  try {
    await use({ client: createClient(SimulationService, transport), jobs, results, notices });
  } finally {
    await jobs.stop();
    rmSync(folder, { recursive: true });
  }
}

/** For tests: a file of a request. */
export function file(name: string, content: string | Uint8Array) {
  return {
    name,
    content: typeof content === 'string' ? new TextEncoder().encode(content) : content.slice(),
  };
}

/** For tests: a Simulation resource on the graph of this name, with these lines in its spec. */
export function simulationYaml(name: string, graph: string, ...lines: string[]): string {
  const all = ['graphSelector:', '  matchLabels:', `    name: ${graph}`, ...lines];
  return `apiVersion: gossip.io/v1\nkind: Simulation\nmetadata:\n  name: ${name}\nspec:\n${all
    .map((line) => `  ${line}\n`)
    .join('')}`;
}

/** For tests: two nodes that exchange, and two of which they never hear: a run ends when its rounds are over. */
export const PARTS = file('parts.txt', '0 1\n2 3\n');
/** For tests: a Simulation on these that is never over. */
export function endless(name: string) {
  return file(`${name}.yaml`, simulationYaml(name, 'parts', 'maxRounds: 1000000000', 'seed: 1'));
}

/** For tests: follows a simulation until it is over, and gives how it ended. */
export async function ended({ client }: Started, id: string): Promise<Job> {
  let last: Job | undefined;
  for await (const { job } of client.followSimulation({ id })) last = job;
  assert.ok(last!.state > JobState.PLAYING);
  return last!;
}

/** For tests: what a call is refused with. */
export async function refused(
  call: Promise<unknown>,
): Promise<{ readonly code: Code; readonly text: string; readonly problems: Problem[] }> {
  const error = await call.then(
    () => assert.unreachable('nothing was refused'),
    (reason) => ConnectError.from(reason),
  );
  const { code, rawMessage } = error!;
  return { code, text: rawMessage, problems: error!.findDetails(ProblemSchema) };
}
