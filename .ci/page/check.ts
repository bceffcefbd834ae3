// node .ci/page/check.ts [FLOW…]: the page of `gossip serve` in a headless Chromium, as people go through it: from an empty
// results folder to a simulation that is started, watched, scrubbed, compared, linked to and downloaded; bad and hostile
// files; a server that is away; who may start; every protocol at once, on Node and on Deno. Leaves pictures in artifacts/page.
// Needs Chromium, curl, Deno and grpcurl (or Go, which installs it). The page is built where it is not; `npm run page` does it anew.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '../chromium.ts';
import { check, exitCode } from '../kubernetes/report.ts';
import { busy } from './busy.ts';
import { compare } from './compare.ts';
import { comparisonDownloads, runDownloads } from './downloads.ts';
import { badFile, hostileFile, hostileGraph } from './dropped.ts';
import { firstMinute } from './first-minute.ts';
import { firstView } from './first-view.ts';
import { form } from './form.ts';
import { openGrpcurl } from './grpcurl.ts';
import { comparisonLinked, runLinked } from './links.ts';
import { live } from './live.ts';
import { protocols } from './protocols.ts';
import { readingOnly, token } from './reading-only.ts';
import { restart } from './restart.ts';
import { node, scrub, scrubExchanges } from './scrub.ts';
import { serve } from './served.ts';
import type { Stage } from './stage.ts';

/** In their order: later ones look at what earlier ones have started. */
const FLOWS: Readonly<Record<string, (stage: Stage) => Promise<readonly string[]>>> = {
  'first minute: karate club and a published graph are offered, and play at a click': firstMinute,
  'form: wrong values are refused beside their fields; what it starts is what gossip run plays':
    form,
  'live: it moves, and cancel keeps what is finished': live,
  'scrub: by keyboard, slider and playback, each round says what is stored': scrub,
  'scrub: each exchange leads from what was before it to what is after it': scrubExchanges,
  'busy browser: rows in sight are drawn, however late it says which are': busy,
  'node: found by its name, it says what it has been through': node,
  'compare: the numbers are those of gossip run, and runs go in step': compare,
  'link to a run, round, exchange and node: another browser shows the same': runLinked,
  'link to a comparison: another browser shows the same': comparisonLinked,
  'downloads of a run: SVG, PNG, and CSV with the numbers stored': runDownloads,
  'downloads of a comparison: SVG, PNG, and CSV with the numbers stored': comparisonDownloads,
  'bad file: file, line and field in words, and the page goes on': badFile,
  'hostile YAML: nothing of it becomes markup or a path': hostileFile,
  'hostile graph: it is played, and names of nodes are text': hostileGraph,
  'restart: the page says that the server is away, and goes on by itself': restart,
  'first view: under 300 kB, from this server alone, under a strict policy': firstView,
  'reading only: on other addresses the form says so, and nobody starts': readingOnly,
  'token: who shows it starts, nobody else': token,
  'protocols at once on Node: gRPC, Connect and gRPC-web': (stage) =>
    protocols(stage, 'node', grpcurl),
  'protocols at once on Deno: gRPC, Connect and gRPC-web': (stage) =>
    protocols(stage, 'deno', grpcurl),
};
/** All of it must be over after this time, in milliseconds. */
const DEADLINE = 300_000;

setTimeout(() => {
  console.error(`FAIL  the page's checks are not over after ${DEADLINE} ms`);
  process.exit(1);
}, DEADLINE).unref();

const wanted = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'gossip-page-'));
const results = join(folder, 'results');
// While others go on, since it may have to be made; who waits for it is told why it is not there.
const grpcurl = openGrpcurl(folder);
grpcurl.catch(() => {});
const [browser, served] = await Promise.all([launchChromium(), serve(['--results', results])]);
try {
  const stage = { browser, folder, results, url: served.url };
  for (const [name, flow] of Object.entries(FLOWS)) {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
    await check(name, () => flow(stage));
  }
} finally {
  await browser.close();
  await served.stop();
  await rm(folder, { recursive: true });
}
process.exitCode = exitCode();
