import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { GossipError } from '../errors.ts';
import { ownFile } from '../own-files.ts';
import { createHostClient } from './host-client.ts';
import type { RemoteProcess } from './remote-host.ts';

/** Local processes that hold nodes. */
export interface Processes {
  readonly remotes: readonly RemoteProcess[];
  /** Their process ids, in the same order. */
  readonly pids: readonly number[];
  /** The secret that they and their runner share. */
  readonly token: string;
  /** Ends them all, at once; none is left when it resolves. */
  kill(): Promise<void>;
}

/** How processes are started; what is not given is the default. */
export interface StartOptions {
  /** How to start the process of this index (from 0); by default all are this program as it runs now. */
  readonly commandOf?: (index: number) => readonly string[];
  /** How long a start may take, in milliseconds. */
  readonly startDeadline?: number;
  /** How long a call may take, in milliseconds: as long as a batch of rounds of a slow simulation. */
  readonly callDeadline?: number;
  /** Ends what has been started, also while others are being started. */
  readonly signal?: AbortSignal;
}

/** How many are started at a time; more only wait for the processor. */
const AT_A_TIME = 8;
const START_DEADLINE = 60_000;
const CALL_DEADLINE = 120_000;
/** What is kept of a process's last words, in characters. */
const LAST_WORDS = 2000;

/**
 * Starts processes that wait to be configured. They leave by themselves when this process ends, however it does.
 *
 * @throws GossipError `failed` where one does not start, and the signal's reason where it aborts; none is left then
 */
export async function startProcesses(
  count: number,
  {
    commandOf = ownCommand,
    startDeadline = START_DEADLINE,
    callDeadline = CALL_DEADLINE,
    signal,
  }: StartOptions = {},
): Promise<Processes> {
  const token = randomBytes(24).toString('base64url');
  const children: ChildProcess[] = [];
  const remotes: RemoteProcess[] = [];
  const pids: number[] = [];
  let failed = false;
  const kill = async () => {
    for (const remote of remotes) remote?.client.close();
    await Promise.all(children.map(end));
  };
  const onAbort = () => void kill();
  signal?.addEventListener('abort', onAbort);
  let next = 0;
  const startSome = async () => {
    while (next < count && !failed && !signal?.aborted) {
      const index = next++;
      const child = spawnHost(commandOf(index), token);
      children.push(child);
      const { fate, ports } = follow(child, startDeadline);
      const { port, peerAddress } = await ports;
      const client = createHostClient(`127.0.0.1:${port}`, token, callDeadline);
      remotes[index] = { client, peerAddress, fate };
      pids[index] = child.pid!;
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(AT_A_TIME, count) }, startSome));
    signal?.throwIfAborted();
  } catch (error) {
    failed = true;
    await kill();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
  return { remotes, pids, token, kill };
}

function ownCommand(): string[] {
  const program = fileURLToPath(ownFile('bin/gossip.js'));
  return 'Deno' in globalThis
    ? [process.execPath, 'run', '-A', program]
    : [process.execPath, program];
}

function spawnHost([program, ...args]: readonly string[], token: string): ChildProcess {
  const own = ['node', '--with-parent', '--port', '0', '--peer-port', '0', '--host', '127.0.0.1'];
  const { ALGORITHM: _, NEIGHBORS: __, ...environment } = process.env;
  return spawn(program, [...args, ...own], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...environment, GOSSIP_TOKEN: token },
  });
}

/** Listens to a process: its ports once it says them, and how it ended, if it has. */
function follow(child: ChildProcess, deadline: number) {
  let said = '';
  let fate: string | null = null;
  child.stderr!.on('data', (text) => {
    said = (said + text).slice(-LAST_WORDS);
  });
  child.once('exit', (code, signal) => {
    fate ??=
      signal === null ? `ended with code ${code}${lastWords(said)}` : `was ended by ${signal}`;
  });
  const ports = new Promise<{ port: number; peerAddress: string }>((resolve, reject) => {
    const fail = (what: string) => reject(new GossipError('failed', `a host process ${what}`));
    const timer = setTimeout(() => fail(`did not start within ${deadline} ms`), deadline);
    createInterface({ input: child.stdout! }).once('line', (line) => {
      clearTimeout(timer);
      try {
        resolve(JSON.parse(line));
      } catch {
        fail(`said ${JSON.stringify(line.slice(0, 200))} instead of its ports`);
      }
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      fate = `did not start: ${error.message}`;
      fail(fate);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      fail(fate!);
    });
  });
  return { fate: () => fate, ports };
}

/** What it said beside its log, such as the trace of an error. */
function lastWords(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('{'));
  return lines.length === 0 ? '' : `: ${lines.join('\n').trim()}`;
}

function end(child: ChildProcess): Promise<void> {
  // One that never started has no pid, and will not exit.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
