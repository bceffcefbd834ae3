/**
 * node bench/silent-callers.ts COUNT ADDRESS…: opens so many connections to each address and says nothing on them. Prints
 * how many were opened and how many of these the other side has closed, and holds the rest until standard input ends.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseAddress } from '../src/transport/index.ts';

/** What became of the connections. */
export interface SilentSaid {
  readonly opened: number;
  readonly closed: number;
}

/** A process that has connections open and says nothing on them. */
export interface SilentCallers {
  /** What became of them, once all are opened; null before. */
  said(): SilentSaid | null;
  /** Closes them. */
  leave(): Promise<void>;
}

/** So many are opened between two pauses (in milliseconds), which is as fast as a host accepts them. */
const AT_A_TIME = 100;
const PAUSE = 10;
/** How long after the last one is opened those that are to be closed will be, in milliseconds. */
const SETTLED = 500;

/** Opens so many connections to each address, from another process. */
export function startCallers(count: number, addresses: readonly string[]): SilentCallers {
  const program = [fileURLToPath(import.meta.url), String(count), ...addresses];
  const child = spawn(process.execPath, program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let said: SilentSaid | null = null;
  createInterface(child.stdout).once('line', (line) => {
    said = JSON.parse(line);
  });
  return {
    said() {
      if (child.exitCode !== null) throw new Error(`the callers ended with ${child.exitCode}`);
      return said;
    },
    async leave() {
      child.stdin.end();
      await ended;
    },
  };
}

async function openAll(count: number, addresses: readonly string[]): Promise<SilentSaid> {
  let opened = 0;
  let closed = 0;
  let failed = 0;
  const open = (address: string) => {
    const socket = connect(parseAddress(address));
    let isOpen = false;
    socket.on('connect', () => {
      isOpen = true;
      opened++;
    });
    socket.on('close', () => {
      if (isOpen) closed++;
      else failed++;
    });
    // Its close follows.
    socket.on('error', () => {});
    socket.resume();
  };
  for (let i = 1; i <= count; i++) {
    addresses.forEach(open);
    if (i % AT_A_TIME === 0) await sleep(PAUSE);
  }
  while (opened + failed < count * addresses.length) await sleep(PAUSE);
  await sleep(SETTLED);
  return { opened, closed };
}

if (import.meta.main) {
  const [count, ...addresses] = process.argv.slice(2);
  process.stdin.on('end', () => process.exit()).resume();
  console.log(JSON.stringify(await openAll(Number(count), addresses)));
}
