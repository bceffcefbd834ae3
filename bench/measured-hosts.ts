/** Hosts whose memory and open descriptors can be looked at, on Linux and Node. */
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Processes, startProcesses } from '../src/runner/processes.ts';

/** Processes, and what is in them. */
export interface MeasuredHosts extends Processes {
  /**
   * Bytes that a process's objects and buffers take once its garbage is collected; for a while it then takes no more
   * memory than it needs.
   */
  heapOf(pid: number): Promise<number>;
}

/** What a process takes. */
export interface Figures {
  /** Proportional set size, in bytes: its own memory, and its share of what it has in common with others. */
  readonly memory: number;
  /** Its own part of that: the share in the program itself changes with every process that begins or ends elsewhere. */
  readonly own: number;
  readonly descriptors: number;
  /** Those of the descriptors that are sockets. */
  readonly sockets: number;
}

const LONGEST_COLLECTION = 10_000;

/** Starts hosts as `startProcesses` does, with the program of this checkout. */
export async function startMeasured(count: number, signal?: AbortSignal): Promise<MeasuredHosts> {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-heap-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.env.HEAP_FOLDER = folder;
  const [hook, program] = ['./heap-on-signal.ts', '../bin/gossip.js'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const command = [process.execPath, '--import', hook, program];
  const started = await startProcesses(count, { commandOf: () => command, signal });
  return {
    ...started,
    async heapOf(pid) {
      const file = join(folder, String(pid));
      rmSync(file, { force: true });
      process.kill(pid, 'SIGUSR2');
      for (let waited = 0; waited < LONGEST_COLLECTION; waited += 10) {
        await sleep(10);
        const text = read(file);
        if (text !== null) return Number(text);
      }
      throw new Error(`process ${pid} does not collect its garbage`);
    },
  };
}

/** What a process takes now. Throws where it is gone, or not on Linux. */
export function figuresOf(pid: number): Figures {
  const sizes = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const bytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(sizes)![1]) * 1024;
  const folder = `/proc/${pid}/fd`;
  const targets = readdirSync(folder).map((name) => link(join(folder, name)));
  return {
    memory: bytes('Pss'),
    own: bytes('Pss_Anon'),
    descriptors: targets.length,
    sockets: targets.filter((target) => target?.startsWith('socket:')).length,
  };
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** null where it was closed meanwhile. */
function link(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
