/** One port answers gRPC (grpcurl), Connect (curl) and gRPC-web (the page) at once, while a simulation is played. */
import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import type { Page } from 'playwright-core';
import type { Called, Grpcurl } from './grpcurl.ts';
import { serve } from './served.ts';
import { CLUBS, inTab, type Stage } from './stage.ts';
import { folderOf } from './stored.ts';

const LONG = `apiVersion: gossip.io/v1
kind: Simulation
metadata:
  name: meanwhile
spec:
  graphSelector:
    matchLabels:
      name: holme-kim
  algorithm: default
  aggregate: mean
  repetitions: 1000
  seed: 1
`;

/** A stream is looked at for so many seconds, and for longer while what must come has not. */
const LOOKS = [2, 10, 40];

type Json = Record<string, unknown>;

export async function protocols(
  stage: Stage,
  on: 'node' | 'deno',
  opened: Promise<Grpcurl>,
): Promise<string[]> {
  const grpcurl = await opened;
  const results = join(stage.folder, `results-${on}`);
  const folders = await Promise.all(CLUBS.map((name) => folderOf(stage.results, name)));
  for (const folder of folders) {
    await cp(join(stage.results, folder), join(results, folder), { recursive: true });
  }
  const { url, port, stop } = await serve(['--results', results], { on });
  try {
    const files = [{ name: 'long.yaml', content: Buffer.from(LONG).toString('base64') }];
    const { jobs } = await connect(url, 'StartSimulations', { files, examples: ['holme-kim'] });
    const [{ id, folder }] = jobs as { id: string; folder: string }[];
    return await inTab(stage, `${url}#/run?job=${id}`, async ({ page }) => {
      const types = new Set<string>();
      page.on('response', (response) => types.add(response.headers()['content-type'] ?? ''));
      await page.reload();
      const wrong: string[] = [];
      const before = await moment(page);
      const unary = unaryCalls(folders);
      await Promise.all([
        ...Object.entries(unary).map(async ([method, request]) => {
          const called = grpcurl(port, method, request);
          const [{ messages, code }, json] = await Promise.all([
            called,
            connect(url, method, request),
          ]);
          if (code !== '' || messages.length !== 1) wrong.push(`grpcurl ${method}: ${code}`);
          else if (!isDeepStrictEqual(rounded(messages[0]), rounded(json)))
            wrong.push(`${method}: ${text(messages[0])} by grpcurl, ${text(json)} by curl`);
        }),
        ...Object.entries(streams(folders, id)).map(async ([method, { request, is }]) => {
          for (const seconds of LOOKS) {
            const called = await grpcurl(port, method, request, seconds);
            if (is(called)) return;
            if (seconds === LOOKS.at(-1))
              wrong.push(`grpcurl ${method}: ${called.code} ${text(called.messages)}`);
          }
        }),
      ]);
      const after = await moment(page);
      if (before === after) wrong.push(`the page stays at ${after}`);
      if (!types.has('application/grpc-web+proto')) wrong.push(`the page reads ${[...types]}`);
      const canceled = await grpcurl(port, 'CancelSimulation', { id });
      if (canceled.code !== '') wrong.push(`grpcurl CancelSimulation: ${canceled.code}`);
      await page
        .getByText(/^canceled after \d+ of 1,000 runs$/)
        .first()
        .waitFor();
      await folderOf(results, folder.replace(/-[0-9a-f]{8}$/, ''));
      return wrong;
    });
  } finally {
    await stop();
  }
}

/** Every method that reads and answers once, with a request. */
function unaryCalls([first, second]: readonly string[]): Record<string, Json> {
  const graph = { folder: first, graph: 'karate' };
  const place = { ...graph, execution: 1, run: 1 };
  return {
    GetServer: {},
    ListSimulations: { pageSize: 1 },
    GetSimulation: { folder: first },
    ListRuns: { folder: second },
    CompareSimulations: { contestants: [graph, { ...graph, folder: second }] },
    GetGraph: graph,
    GetMeasure: { ...graph, measure: 'betweenness' },
    GetValues: { place, round: 2 },
    GetExchanges: { place, round: 1 },
    GetNode: { place, round: 2, node: 33 },
    ListStrategies: {},
  };
}

/** Every method that streams, and whether what came of it is right. */
function streams(
  [folder]: readonly string[],
  id: string,
): Record<string, { request: Json; is: (called: Called) => boolean }> {
  const place = { folder, graph: 'karate' };
  return {
    // These two go on until they are left.
    WatchServer: {
      request: {},
      is: ({ messages }) => messages.length > 0 && text(messages[0]).includes(id),
    },
    FollowSimulation: {
      request: { id },
      is: ({ messages }) => messages.some((message) => text(message).includes('"rounds"')),
    },
    ReadHistory: {
      request: { place },
      is: ({ messages, code }) => code === '' && text(messages[0]).includes('"lastRound"'),
    },
    // This server was told of no hosts.
    WatchHosts: {
      request: {},
      is: ({ code }) => /FailedPrecondition|failed_precondition|^9$/.test(code),
    },
  };
}

/** Calls by curl, as Connect has it. */
async function connect(url: string, method: string, request: Json): Promise<Json> {
  const args = [
    '--silent',
    '--show-error',
    '--max-time',
    '60',
    '--header',
    'Content-Type: application/json',
  ];
  const address = `${url}gossip.v1.SimulationService/${method}`;
  const all = [...args, '--data', JSON.stringify(request), address];
  const { stdout } = await promisify(execFile)('curl', all, { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout);
}

/** What the page shows of the simulation that is played. */
function moment(page: Page): Promise<string> {
  return page.locator('.moment b').innerText();
}

/** A message with numbers as single floats have them: one writes them shorter than the other. */
function rounded(value: unknown): unknown {
  return JSON.parse(text(value), (_, one) => (typeof one === 'number' ? Math.fround(one) : one));
}

function text(value: unknown): string {
  return JSON.stringify(value).slice(0, 2 ** 24);
}
