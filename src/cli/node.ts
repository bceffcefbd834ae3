import { Command, InvalidArgumentError } from 'commander';
import { VERSION } from '../runner/version.ts';
import { jsonLog } from '../service/log.ts';
import { serveHost } from '../service/serve-host.ts';
import { integerFlag } from './flags.ts';

/** Exit codes of a node that was told to leave, as shells write them: 128 and the signal's number. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

const HOST_PORT = 50051;
const HOST_PEER_PORT = 50052;
/** How long leaving may take, in milliseconds. */
const STOP_DEADLINE = 5000;

interface NodeFlags {
  readonly withParent?: boolean;
  readonly port?: number;
  readonly peerPort?: number;
  readonly host?: string;
  readonly allowOrigin?: string[];
}

/** `gossip node`: a node as a service, configured by the seed's environment. */
export function nodeCommand(done: (code: number) => void): Command {
  const port = integerFlag(0, 65535);
  return new Command('node')
    .description(
      "serve one node, which the environment describes (HOSTNAME, NEIGHBORS, ALGORITHM …), over the seed's wire",
    )
    .option(
      '--port <n>',
      'where its runner calls: gRPC, gRPC-web, Connect (also GRPC_PORT; 50051)',
      port,
    )
    .option('--peer-port <n>', 'where all nodes listen for each other (also PEER_PORT; 90)', port)
    .option('--host <address>', 'listen on this address alone')
    .option(
      '--allow-origin <origin...>',
      'let pages of these origins call it from a browser',
      origins,
    )
    .option('--with-parent', 'say the ports on standard output, and leave when standard input ends')
    .action(async (flags: NodeFlags) => done(await serve(flags)));
}

async function serve(flags: NodeFlags): Promise<number> {
  const interrupted = Promise.withResolvers<number>();
  const listeners = Object.entries(SIGNALS).map(([signal, code]) => {
    const listener = () => interrupted.resolve(code);
    process.once(signal, listener);
    return { signal, listener };
  });
  let code: number;
  try {
    const node = isSeedNode() ? await seedNode(flags) : await host(flags);
    code = await Promise.race([node.stopped.then(() => 0), interrupted.promise]);
    // Whatever the parent does from now on, the code is said.
    if (flags.withParent) process.stdin.removeAllListeners();
    await node.stop(STOP_DEADLINE);
  } finally {
    for (const { signal, listener } of listeners) process.off(signal, listener);
  }
  // All is closed but standard input, which a parent that is still there keeps open.
  if (flags.withParent) process.exit(code);
  return code;
}

/** Whether the environment describes a node; else a runner will configure this host. */
function isSeedNode(): boolean {
  return process.env.ALGORITHM !== undefined || process.env.NEIGHBORS !== undefined;
}

async function seedNode({ allowOrigin: allowOrigins, ...flags }: NodeFlags) {
  const { readNodeEnvironment, serveNode } = await import('../service/index.ts');
  return serveNode(readNodeEnvironment(process.env), { ...flags, allowOrigins, log: jsonLog });
}

async function host({
  port,
  peerPort,
  host = '127.0.0.1',
  allowOrigin = [],
  withParent,
}: NodeFlags) {
  const served = await serveHost({
    port: port ?? HOST_PORT,
    peerPort: peerPort ?? HOST_PEER_PORT,
    host,
    token: process.env.GOSSIP_TOKEN ?? '',
    version: VERSION.gossip,
    allowOrigins: allowOrigin,
    log: jsonLog,
  });
  if (withParent) {
    // A line that a parent can wait for; and its end, however it comes, is ours.
    console.log(JSON.stringify({ port: served.port, peerAddress: served.peerAddress }));
    leaveWithParent();
  }
  return served;
}

function leaveWithParent(): void {
  const leave = () => process.exit(1);
  process.stdin.on('end', leave).on('error', leave).on('close', leave).resume();
}

function origins(text: string, before: string[] = []): string[] {
  const origin = URL.canParse(text) ? new URL(text).origin : null;
  if (origin !== text) {
    throw new InvalidArgumentError('It must be an origin, such as http://localhost:8080.');
  }
  return [...before, text];
}
