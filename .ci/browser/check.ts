// node .ci/browser/check.ts: pages in a headless Chromium read the values and the rounds of a `gossip node` by connect-web
// while a runner drives it, and must see what memory plays; a page of an origin that is not listed must see nothing.
// Needs Chromium on PATH.
import * as assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { contentHash, wordsOfHash } from '../../src/graph/index.ts';
import { createHost, type Host, type HostConfiguration } from '../../src/host/index.ts';
import { configureRequest } from '../../src/runner/configure-request.ts';
import { readResources } from '../../src/runner/index.ts';
import { type Processes, startProcesses } from '../../src/runner/processes.ts';
import { launchChromium } from '../chromium.ts';
import { openPage, type Tab } from './open-page.ts';
import type { Seen } from './page.ts';
import { bundlePage, servePage } from './serve-page.ts';

const PROTOCOLS = ['gRPC-web', 'Connect'] as const;
/** Rounds that are over when the pages come: they are told the last of them. */
const BEFORE = 4;
const ROUNDS = 12;
/** All of it must be over after this time, in milliseconds. */
const DEADLINE = 60_000;

setTimeout(() => {
  console.error(`not over after ${DEADLINE} ms`);
  process.exit(1);
}, DEADLINE).unref();

const script = await bundlePage();
const listed = await servePage(script);
const stranger = await servePage(script);
let browser: Browser | null = null;
let started: Processes | null = null;
try {
  browser = await launchChromium();
  started = await startProcesses(1, { commandOf: () => nodeForPagesOf(listed.origin) });
  const [{ client, peerAddress, fate }] = started.remotes;
  const configuration = await karate();
  const played = await playInMemory(configuration);
  const run = { epoch: 1n, repetition: 1 };
  // Two hosts in one process, which exchange over TCP.
  const nodes = [
    { first: 0, end: 17 },
    { first: 17, end: configuration.graph.nodeCount },
  ];
  const peers = nodes.map((range) => ({ nodes: range, address: peerAddress }));
  await client.configure({ ...configureRequest(configuration, 1, ''), nodes, peers });
  const start = played[0].map(({ value }) => value);
  await client.play({ ...run, firstRound: 1, rounds: BEFORE, start });

  const asked = { host: `http://${client.address}`, last: ROUNDS };
  const pages: Tab[] = [];
  for (const protocol of PROTOCOLS) {
    pages.push(await openPage(browser, listed.origin, { ...asked, protocol }));
  }
  for (const page of pages) await page.until((said) => said.some(({ call }) => call === 'Watch'));
  await client.play({ ...run, firstRound: BEFORE + 1, rounds: ROUNDS - BEFORE });
  for (const page of pages) {
    await page.until((said) => said.filter(({ call }) => call === 'Values').length === 2);
  }

  for (const protocol of PROTOCOLS) {
    const page = await openPage(browser, stranger.origin, { ...asked, protocol });
    await page.until((said) => said.length === 2);
    const refused = { error: '[unknown] Failed to fetch' };
    assert.deepEqual(page.said, [
      { call: 'Values', ...refused },
      { call: 'Watch', ...refused },
    ]);
    const blocked = page.errors.filter((error) =>
      error.includes('has been blocked by CORS policy'),
    );
    assert.equal(blocked.length, 2, page.errors.join('\n'));
    console.log(`${protocol}, an origin that is not listed: ${blocked[0]}`);
  }

  await client.stop({});
  for (const [index, page] of pages.entries()) {
    await page.until((said) => said.some((one) => 'ended' in one || 'error' in one));
    const watched = played.slice(BEFORE).map((nodes, i) => ({ round: BEFORE + i, nodes }));
    assert.deepEqual(page.errors, []);
    assert.deepEqual(page.said, [
      { call: 'Values', nodes: played[BEFORE] },
      ...watched.map((round) => ({ call: 'Watch', ...round })),
      { call: 'Values', nodes: played[ROUNDS] },
      { call: 'Watch', ended: true },
    ]);
    console.log(`${PROTOCOLS[index]}: the values of ${watched.length} rounds are those of memory`);
  }
  while (fate!() === null) await sleep(20);
  assert.equal(fate!(), 'ended with code 0');
} finally {
  await started?.kill();
  await browser?.close();
  listed.close();
  stranger.close();
}

/** A host that pages of this origin may call; without a token, which a page could not show. */
function nodeForPagesOf(origin: string): string[] {
  const command = 'unset GOSSIP_TOKEN; exec "$0" bin/gossip.js "$@" --allow-origin';
  return ['sh', '-c', `${command} ${origin}`, process.execPath];
}

/** Means, so that every round changes values, to numbers with many digits. */
async function karate(): Promise<HostConfiguration> {
  const { graphs } = await readResources(['examples/karate.yaml']);
  const { graph } = graphs[0];
  return {
    graph,
    graphWords: wordsOfHash(contentHash(graph)),
    seed: 7,
    weights: null,
    memory: 'none',
    priorPartnerFactor: 1,
    aggregate: 'mean',
    schedule: 'ascending',
    start: { kind: 'random' },
    redraw: 'graph',
    tolerance: 0,
  };
}

/** What all nodes are after each round, from round 0. */
async function playInMemory(configuration: HostConfiguration): Promise<Seen[][]> {
  const host = createHost();
  await host.configure(configuration);
  await host.reset(1);
  const rounds = [await nodesOf(host)];
  for (let round = 1; round <= ROUNDS; round++) {
    await host.play(round);
    rounds.push(await nodesOf(host));
  }
  return rounds;
}

async function nodesOf(host: Host): Promise<Seen[]> {
  const participations = Array.from(await host.participations());
  const values = Array.from(await host.values());
  return values.map((value, node) => ({ value, participations: participations[node] }));
}
