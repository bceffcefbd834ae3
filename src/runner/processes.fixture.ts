import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** For tests (Linux): the processes that a process has started and that still run. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statOf(name)?.parent === parent)
    .map(Number);
}

/** For tests (Linux): whether a process runs; one that only waits to be buried does not. */
export function isAlive(pid: number): boolean {
  return statOf(String(pid)) !== null;
}

/** For tests (Linux): resolves when none of these runs any longer; throws after 10 seconds. */
export async function gone(pids: readonly number[]): Promise<void> {
  await none('still there', () => pids.filter(isAlive));
}

/** For tests (Linux): resolves when nobody listens on any of these ports any longer; throws after 10 seconds. */
export async function closed(ports: readonly number[]): Promise<void> {
  await none('still listening', () => stillListening(ports));
}

async function none(what: string, left: () => number[]): Promise<void> {
  for (let waited = 0; left().length > 0; waited += 20) {
    if (waited > 10_000) throw new Error(`${what}: ${left().join(', ')}`);
    await sleep(20);
  }
}

/** For tests (Linux): the ports on which a process listens. */
export function portsOf(pid: number): number[] {
  const sockets = new Set<string>();
  for (const name of readdirSync(`/proc/${pid}/fd`)) {
    try {
      sockets.add(readlinkSync(`/proc/${pid}/fd/${name}`));
    } catch {
      // Closed meanwhile.
    }
  }
  return listening()
    .filter(({ inode }) => sockets.has(`socket:[${inode}]`))
    .map(({ port }) => port);
}

/** For tests (Linux): those of these ports on which anybody listens. */
export function stillListening(ports: readonly number[]): number[] {
  const open = new Set(listening().map(({ port }) => port));
  return ports.filter((port) => open.has(port));
}

function listening(): { port: number; inode: string }[] {
  const LISTEN = '0A';
  return ['tcp', 'tcp6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === LISTEN)
      .map((fields) => ({
        port: Number.parseInt(fields[1].slice(fields[1].lastIndexOf(':') + 1), 16),
        inode: fields[9],
      })),
  );
}

/** null for a process that is gone or has ended and waits for its parent. */
function statOf(name: string): { parent: number } | null {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    // The name in brackets may hold anything.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(state) ? null : { parent: Number(parent) };
  } catch {
    return null;
  }
}
