import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { GossipError } from '../errors.ts';
import { createHostClient } from './host-client.ts';
import type { RemoteProcess } from './remote-host.ts';

/** Local processes that hold nodes. */
export interface Processes {
  readonly remotes: readonly RemoteProcess[];
  /** The secret that they and their runner share. */
  readonly token: string;
  /** Ends them all, at once; none is left when it resolves. */
  kill(): Promise<void>;
}

/** How many are started at a time; more only wait for the processor. */
const AT_A_TIME = 8;
const START_DEADLINE = 60_000;
/** A call may take as long as a batch of rounds of a slow simulation. */
const CALL_DEADLINE = 120_000;

/**
 * Starts processes that wait to be configured. They leave by themselves when this process ends, however it does.
 *
 * @param command how to start one; this program as it runs now, if not given
 */
export async function startProcesses(
  count: number,
  command: readonly string[] = ownCommand(),
): Promise<Processes> {
  const token = randomBytes(24).toString('base64url');
  const children: ChildProcess[] = [];
  const remotes: RemoteProcess[] = [];
  const kill = async () => {
    for (const { client } of remotes) client.close();
    await Promise.all(children.map(end));
  };
  let next = 0;
  const startSome = async () => {
    while (next < count) {
      const index = next++;
      const { port, peerAddress } = await start(command, token, children);
      const client = createHostClient(`127.0.0.1:${port}`, token, CALL_DEADLINE);
      remotes[index] = { client, peerAddress };
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(AT_A_TIME, count) }, startSome));
  } catch (error) {
    await kill();
    throw error;
  }
  return { remotes, token, kill };
}

function ownCommand(): string[] {
  const program = fileURLToPath(new URL('../../bin/gossip.js', import.meta.url));
  return 'Deno' in globalThis
    ? [process.execPath, 'run', '-A', program]
    : [process.execPath, program];
}

async function start(command: readonly string[], token: string, children: ChildProcess[]) {
  const [program, ...args] = command;
  const own = ['node', '--with-parent', '--port', '0', '--peer-port', '0', '--host', '127.0.0.1'];
  const { ALGORITHM: _, NEIGHBORS: __, ...environment } = process.env;
  const child = spawn(program, [...args, ...own], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...environment, GOSSIP_TOKEN: token },
  });
  children.push(child);
  let said = '';
  child.stderr.on('data', (text) => {
    said = (said + text).slice(-2000);
  });
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => child.kill('SIGKILL'), START_DEADLINE);
  try {
    return await new Promise<{ port: number; peerAddress: string }>((resolve, reject) => {
      lines.once('line', (line) => resolve(JSON.parse(line)));
      child.once('error', reject);
      child.once('exit', (code) =>
        reject(new GossipError('failed', `a host process ended with code ${code}: ${said.trim()}`)),
      );
    });
  } finally {
    clearTimeout(timer);
  }
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
