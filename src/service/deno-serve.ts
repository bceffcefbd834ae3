/*
 * `deno serve --port 50051 src/service/deno-serve.ts`: the node that the environment describes, as a fetch handler.
 * StopApplication ends the process, as it does of `gossip node`.
 */
import process from 'node:process';
import { readNodeEnvironment } from './environment.ts';
import { fetchHandler } from './fetch.ts';
import { jsonLog } from './log.ts';
import { hostWithPeers } from './serve-node.ts';
import { seedSite } from './site.ts';

/** How long the answer to StopApplication may take to leave, in milliseconds: nothing tells when it has. */
const FAREWELL = 200;

const { host, peers } = await hostWithPeers(readNodeEnvironment(process.env), { log: jsonLog });

async function stop(): Promise<void> {
  await Promise.all([host.stop(), peers.close()]);
  setTimeout(() => process.exit(0), FAREWELL);
}

export default { fetch: fetchHandler(seedSite(host, () => void stop())) };
