/** What the parts of playing over sockets cost: a call, a message on an open stream, an exchange over TCP. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { contentHash, graphFromEdges, wordsOfHash } from '../src/graph/index.ts';
import type { HostConfiguration } from '../src/host/index.ts';
import { startProcesses } from '../src/runner/processes.ts';
import { createRemoteHosts } from '../src/runner/remote-host.ts';

const COUNT = 3000;
/** One after the other, and with so many under way. */
const IN_FLIGHT = [1, 32];

/** Prints what a call (Describe), a message (Play, of a round of two nodes in one host) and an exchange cost. */
export async function costs(): Promise<void> {
  console.log('\na call, a message on an open stream, an exchange over TCP; one other process');
  const started = await startProcesses(1);
  try {
    const [{ client }] = started.remotes;
    const graph = graphFromEdges(2, Uint32Array.of(0), Uint32Array.of(1));
    const most = Math.max(...IN_FLIGHT);
    const hosts = createRemoteHosts(started.remotes, 2, started.token);
    await hosts.configure(pair(graph), most);
    const { epoch } = await client.describe({});
    const rounds = new Uint32Array(most);
    const works = {
      call: () => client.describe({}),
      message: (lane: number) => {
        const firstRound = ++rounds[lane];
        const start = firstRound === 1 ? [1, 2] : [];
        return client.play({ epoch, lane, repetition: 1, firstRound, rounds: 1, start });
      },
    };
    for (const [name, work] of Object.entries(works)) {
      await measure(work, most, started.pids[0]);
      for (const inFlight of IN_FLIGHT) {
        const { perSecond, cpu } = await measure(work, inFlight, started.pids[0]);
        console.log(
          `${name}, ${inFlight} at a time: ${perSecond.toFixed(0)} a second, ${cpu.toFixed(2)} ms of CPU at the host`,
        );
      }
    }
  } finally {
    await started.kill();
  }
  const program = fileURLToPath(new URL('./transport.ts', import.meta.url));
  const exchanges = spawn(process.execPath, [program, '--exchanges', '60000'], {
    stdio: 'inherit',
  });
  await once(exchanges, 'close');
}

/** How often work is done a second, and the CPU that it takes the process, in milliseconds. */
async function measure(work: (lane: number) => Promise<unknown>, inFlight: number, pid: number) {
  const before = cpuOf(pid);
  const begin = performance.now();
  let left = COUNT;
  const loops = Array.from({ length: inFlight }, async (_, lane) => {
    while (left-- > 0) await work(lane);
  });
  await Promise.all(loops);
  const seconds = (performance.now() - begin) / 1000;
  return { perSecond: COUNT / seconds, cpu: (cpuOf(pid) - before) / COUNT };
}

/** Milliseconds that a process has computed, on Linux; NaN elsewhere. */
function cpuOf(pid: number): number {
  try {
    const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = fields.split(' ').slice(11, 13).map(Number);
    return (user + system) * 10;
  } catch {
    return Number.NaN;
  }
}

function pair(graph: HostConfiguration['graph']): HostConfiguration {
  return {
    graph,
    graphWords: wordsOfHash(contentHash(graph)),
    seed: 1,
    weights: null,
    memory: 'none',
    priorPartnerFactor: 1,
    aggregate: 'minimum',
    schedule: 'ascending',
    start: { kind: 'numbers' },
    redraw: 'graph',
    tolerance: 0.001,
  };
}
