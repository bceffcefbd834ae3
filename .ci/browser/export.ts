// node .ci/browser/export.ts: `gossip page export` writes a page that Chromium opens from disk, offline. What it plays must be
// what `gossip run` stored, round by round, with exchanges that lead from each round to the next; it must ask for nothing, say
// nothing on the console, and show names that look like markup as names. Needs Chromium on PATH, and the page built or vite.
import * as assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Client } from '@connectrpc/connect';
import type { Page } from 'playwright-core';
import type { SimulationService } from '../../src/gen/gossip/v1/simulation_pb.ts';
import { launchChromium } from '../chromium.ts';
import { ringGraphml } from '../ring-graphml.ts';

/** A run that is stored. */
interface Stored {
  readonly place: { folder: string; graph: string; execution: number; run: number };
  /** By round from the start, and by node. */
  readonly values: readonly (readonly number[])[];
  readonly exchanges: number;
  readonly isSynchronous: boolean;
}

/** An exchange: its nodes, and what the initiator and the partner held before and after. */
interface Exchange {
  readonly nodes: readonly [initiator: number, partner: number];
  readonly before: readonly [initiator: number, partner: number];
  readonly after: readonly [initiator: number, partner: number];
}

/** What the page plays. */
interface Played {
  readonly values: readonly (readonly number[])[];
  /** By round, from 1. */
  readonly exchanges: readonly (readonly Exchange[])[];
  /** That there is no further round, in words. */
  readonly end: string;
}

/** All of it must be over after this time, in milliseconds. */
const DEADLINE = 180_000;
/** Names of nodes that would be more than names, were they markup, a script or a line of one. */
const HOSTILE = [
  '</script><script>document.title = "broken"</script>',
  '<!--<script>',
  '<img src=x onerror="document.title = \'broken\'">',
  '\u2028document.title = "broken"\u2029',
  "']]>&quot;\\",
];

setTimeout(() => {
  console.error(`not over after ${DEADLINE} ms`);
  process.exit(1);
}, DEADLINE).unref();

const folder = await mkdtemp(join(tmpdir(), 'gossip-export-'));
const results = join(folder, 'results');
const file = join(folder, 'lecture page.html');
const browser = await launchChromium();
try {
  await writeFile(join(folder, 'hostile.graphml'), ringGraphml(HOSTILE));
  await storeRuns();
  await gossip('page', 'export', results, '--output', file);

  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const said: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  await page.getByRole('link', { name: 'plain-default' }).waitFor();
  console.log('ok    the page opens from disk');

  const stored = await storedRuns();
  assert.equal(stored.length, 16);
  for (const run of stored) {
    const { place, values } = run;
    const played = await playedIn(page, run);
    const what = JSON.stringify(place);
    assert.deepEqual(played.values, values, what);
    for (const [index, exchanges] of played.exchanges.entries()) {
      leadsTo(run, exchanges, values[index], values[index + 1]);
    }
    assert.equal(played.exchanges.flat().length, run.exchanges, what);
    assert.match(played.end, new RegExp(`the run ended after round ${values.length - 1}`), what);
  }
  console.log(`ok    ${stored.length} runs are played as they are stored, exchange by exchange`);

  const { place } = stored.find(({ place }) => place.graph === 'hostile')!;
  for (const [node, name] of HOSTILE.entries()) {
    const { folder: simulation, graph } = place;
    const query = new URLSearchParams({ simulation, graph, node: `${node}` });
    await page.goto(`${url}#/run?${query}`);
    await page.getByText(name, { exact: false }).first().waitFor({ state: 'attached' });
    assert.doesNotMatch(await page.title(), /broken/);
  }
  assert.equal(await page.locator('script').count(), 3);
  console.log(`ok    ${HOSTILE.length} names that look like markup are names`);

  for (const view of ['simulations', 'compare', 'start', 'hosts']) {
    await page.goto(`${url}#/${view}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  assert.deepEqual(
    requests.filter((request) => !request.startsWith('data:') && !request.startsWith('blob:')),
    requests.filter((request) => request.split('#')[0] === url),
  );
  // What a machine without a graphics card says of pictures that are taken back.
  assert.deepEqual(
    said.filter((text) => !text.includes('GL Driver Message')),
    [],
  );
  console.log('ok    every view opens; nothing is asked for, and nothing said on the console');
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}

async function gossip(...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, ['bin/gossip.js', ...args]);
}

/** Runs of every schedule, memory and aggregate that differ in how they are played. */
async function storeRuns(): Promise<void> {
  const all = ['--seed', '7', '--repetitions', '2', '--history', 'rounds', '--results', results];
  const karate = ['examples/karate.yaml', ...all];
  await gossip('run', ...karate, '--algorithm', 'default', '--name', 'plain');
  await gossip('run', ...karate, '--algorithm', 'betweenness_weighted', '--name', 'weighted');
  for (const schedule of ['shuffled', 'random', 'synchronous']) {
    const mean = ['--aggregate', 'mean', '--schedule', schedule];
    await gossip('run', ...karate, ...mean, '--algorithm', 'default', '--name', schedule);
  }
  for (const memory of ['memory', 'complex_memory']) {
    const algorithm = ['--algorithm', `community_probabilities_${memory}`, '--name', 'remembering'];
    await gossip('run', ...karate, ...algorithm, '--schedule', 'random');
  }
  await gossip('run', join(folder, 'hostile.graphml'), ...all, '--algorithm', 'default');
}

/** The runs as `gossip run` has left them. */
async function storedRuns(): Promise<Stored[]> {
  const runs: Stored[] = [];
  const read = async (...path: string[]) =>
    JSON.parse(await readFile(join(results, ...path), 'utf8'));
  for (const folder of await readdir(results)) {
    const { simulation, graphs, spec, schedule } = await read(folder, 'manifest.json');
    const isSynchronous = schedule === 'synchronous';
    for (let run = 1; run <= spec.repetitions; run++) {
      const [graph] = graphs.map(({ name }: { name: string }) => name);
      const path = [graph, `run-${run}`, simulation].join('/');
      const rounds = await read(folder, `${path}_node_value_history.json`);
      const { exchanges } = await read(folder, '_gossip', `${path}_run.json`);
      runs.push({
        place: { folder, graph, execution: 1, run },
        values: rounds.map(({ nodes }: { nodes: Record<string, number> }) => Object.values(nodes)),
        ...{ exchanges, isSynchronous },
      });
    }
  }
  return runs;
}

/** A run as the page plays it: what its views ask for. */
function playedIn(page: Page, { place, values }: Stored): Promise<Played> {
  return page.evaluate(
    async ({ place, last }) => {
      const { gossip } = globalThis as unknown as { gossip: Client<typeof SimulationService> };
      const played = { values: [] as number[][], exchanges: [] as Exchange[][], end: '' };
      for (let round = 0; round <= last; round++) {
        played.values.push((await gossip.getValues({ place, round })).values);
        if (round === 0) continue;
        const seen = await gossip.getExchanges({ place, round });
        const exchanges = seen.initiators.map(
          (initiator, turn): Exchange => ({
            nodes: [initiator, seen.partners[turn]],
            before: [seen.initiatorsBefore[turn], seen.partnersBefore[turn]],
            after: [seen.initiatorsAfter[turn], seen.partnersAfter[turn]],
          }),
        );
        played.exchanges.push(exchanges);
      }
      played.end = await gossip.getValues({ place, round: last + 1 }).then(
        () => 'it goes on',
        (error) => error.message,
      );
      return played;
    },
    { place, last: values.length - 1 },
  );
}

/** Whether these exchanges lead from the values before a round to those after it. */
function leadsTo(
  { place, isSynchronous }: Stored,
  exchanges: readonly Exchange[],
  start: readonly number[],
  end: readonly number[],
): void {
  const now = [...start];
  for (const { nodes, before, after } of exchanges) {
    for (const side of [0, 1]) {
      const node = nodes[side];
      assert.equal(before[side], isSynchronous ? start[node] : now[node]);
      if (isSynchronous) assert.equal(after[side], end[node]);
      now[node] = after[side];
    }
  }
  assert.deepEqual(now, end, JSON.stringify(place));
}
