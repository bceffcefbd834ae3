import { once } from 'node:events';
import { Command, InvalidArgumentError } from 'commander';
import { inputError } from '../errors.ts';
import { isLocal } from '../serve/access.ts';
import type { Limits } from '../serve/jobs/index.ts';
import { pageFolder } from '../serve/page-folder.ts';
import { serveSimulations } from '../serve/server.ts';
import { jsonLog } from '../service/log.ts';
import { formatAddress } from '../transport/address.ts';
import { DEFAULT_RESULTS } from './default-results.ts';
import { integerFlag } from './flags.ts';
import { exitCodeOf } from './interruption.ts';
import { interruptible, notice, openPlace } from './results-place.ts';
import { strategyDirectories } from './strategy-directories.ts';

interface ServeFlags {
  readonly results: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: readonly URL[];
  readonly allowStart?: boolean;
  readonly mostNodes?: number;
  readonly mostRuns?: number;
  readonly mostWaiting?: number;
  readonly simulationsAtOnce: number;
  readonly strategies?: string;
  readonly hosts?: readonly string[];
}

/** What strangers may start, where the flags do not say it; who alone is at the machine knows what it holds. */
const LIMITS = { nodes: 10_000, runs: 1000, waiting: 20 } as const;
const NO_LIMITS = { nodes: 0, runs: 0, waiting: 0 } as const;
/** Whoever listens on all addresses is found at this machine's own. */
const ALL_ADDRESSES = ['0.0.0.0', '::'];
/** A shorter token could be found by trying. */
const SHORTEST_TOKEN = 16;
/** How long leaving may take, in milliseconds. */
const STOP_DEADLINE = 5000;

/** `gossip serve`: a page on which simulations are seen and started. */
export function serveCommand(done: (code: number) => void): Command {
  const limit = integerFlag(0, 2 ** 32 - 1);
  return new Command('serve')
    .description(
      'see simulations, and start them, in a browser (the page, and its service over gRPC)',
    )
    .option('--results <where>', 'a folder or s3://bucket[/prefix]', DEFAULT_RESULTS)
    .option('--port <n>', 'listen on this port; 0: a free one', integerFlag(0, 65535), 8080)
    .option(
      '--host <address>',
      'listen on this address; on others than loopback, only read',
      '127.0.0.1',
    )
    .option(
      '--public-url <url>',
      'where a proxy has it, such as https://gossip.example.org',
      publicUrl,
    )
    .option('--allow-start', 'let those start and cancel who know GOSSIP_TOKEN of the environment')
    .option(
      '--most-nodes <n>',
      `of a graph that is started; 0: any (${LIMITS.nodes}; loopback: 0)`,
      limit,
    )
    .option(
      '--most-runs <n>',
      `of a simulation that is started; 0: any (${LIMITS.runs}; loopback: 0)`,
      limit,
    )
    .option(
      '--most-waiting <n>',
      `simulations in the queue; 0: any (${LIMITS.waiting}; loopback: 0)`,
      limit,
    )
    .option(
      '--simulations-at-once <n>',
      'how many play at a time; others are queued',
      integerFlag(1, 1000),
      1,
    )
    .option('--strategies <dir>', 'a folder of your own strategies (also STRATEGY_DIR)')
    .option(
      '--hosts <host:port,…>',
      'show these hosts while a runner drives them (their token by GOSSIP_HOSTS_TOKEN)',
      (text) => text.split(','),
    )
    .action((flags: ServeFlags) => interruptible(done, (signal) => serve(flags, signal)));
}

async function serve(flags: ServeFlags, signal: AbortSignal): Promise<number> {
  const { results, host, port, publicUrl = [], allowStart, hosts = [] } = flags;
  const token = allowStart ? tokenOf(process.env.GOSSIP_TOKEN) : null;
  const place = await openPlace(results, signal);
  if (place.folder !== null) {
    throw inputError(
      `--results ${results} is one simulation: name what it is in, ${place.storage.describe()}`,
    );
  }
  const server = await serveSimulations({
    storage: place.storage,
    results,
    environment: process.env,
    strategies: strategyDirectories(flags.strategies),
    limits: limitsOf(flags),
    hosts,
    // Those who may start need not be able to drive these as well: GOSSIP_TOKEN is another.
    hostsToken: process.env.GOSSIP_HOSTS_TOKEN ?? '',
    notice,
    host,
    port,
    publicUrls: publicUrl,
    token,
    page: await pageFolder(notice),
    log: jsonLog,
  });
  const here = ALL_ADDRESSES.includes(host) ? '127.0.0.1' : host;
  const url = `http://${formatAddress({ host: here, port: server.port })}/`;
  console.log(`Gossip is at ${publicUrl[0] ?? url}`);
  if (!server.mayStart) notice('it only reads (--allow-start lets those start who know a token)');
  if (!signal.aborted) await once(signal, 'abort');
  await server.stop(STOP_DEADLINE);
  return exitCodeOf(signal);
}

function limitsOf({ host, publicUrl: publicUrls = [], ...flags }: ServeFlags): Limits {
  const standard = isLocal({ host, publicUrls }) ? NO_LIMITS : LIMITS;
  return {
    nodes: flags.mostNodes ?? standard.nodes,
    runs: flags.mostRuns ?? standard.runs,
    waiting: flags.mostWaiting ?? standard.waiting,
    atOnce: flags.simulationsAtOnce,
  };
}

function tokenOf(token = ''): string {
  // Others do not stand in a header.
  if (token.length >= SHORTEST_TOKEN && /^[\x21-\x7e]+$/.test(token)) return token;
  throw inputError(
    `--allow-start: GOSSIP_TOKEN of the environment must have ${SHORTEST_TOKEN} characters or more, of ASCII and without spaces, such as those that openssl rand -hex 16 writes`,
  );
}

function publicUrl(text: string, before: URL[] = []): URL[] {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return [...before, url];
  throw new InvalidArgumentError('It must be a URL, such as https://gossip.example.org.');
}
