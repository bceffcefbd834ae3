/** `gossip serve` as people start it, on Node or on Deno. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Served {
  /** With a slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it as Ctrl-C does, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** How it is started, beside its flags. */
export interface ServedOptions {
  /** 0: a free one. */
  readonly port?: number;
  readonly on?: 'node' | 'deno';
  readonly env?: Readonly<Record<string, string>>;
}

const PROGRAM = 'bin/gossip.js';
/** Milliseconds; the page is built when it is served first. */
const STARTED = 120_000;

/** Starts `gossip serve` with these flags, and resolves when it says where it is. */
export async function serve(
  flags: readonly string[],
  options: ServedOptions = {},
): Promise<Served> {
  const { port = 0, on = 'node', env = {} } = options;
  const [command, ...before] =
    on === 'node' ? [process.execPath, PROGRAM] : ['deno', 'run', '-A', PROGRAM];
  const args = [...before, 'serve', '--port', `${port}`, ...flags];
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const url = await told(child);
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid!,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      const [code] = await ended;
      return code;
    },
  };
}

function told(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`gossip serve is not up: ${said}`)), STARTED);
    const hear = (data: Buffer) => {
      said += data;
      const [, url] = /^Gossip is at (http:\S+)$/m.exec(said) ?? [];
      if (url === undefined) return;
      clearTimeout(late);
      resolve(url);
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`gossip serve left with ${code}: ${said}`));
    });
  });
}
