/**
 * Measures again what src/runner/costs.ts says: node bench/needs.ts [--program FILE] [--memory] [--sockets]. FILE is the
 * program whose processes are measured: bin/gossip.js, or that of a bundle (node build.ts), which the image has and which
 * takes less. All is printed beside what is planned. On Linux; figures of computing hold on a machine that does nothing
 * else.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { hosts } from './needs-hosts.ts';
import { runners, workers } from './needs-runner.ts';
import { sockets } from './needs-sockets.ts';

const { values: flags } = parseArgs({
  options: {
    program: { type: 'string', default: 'bin/gossip.js' },
    memory: { type: 'boolean' },
    sockets: { type: 'boolean' },
  },
});
// As V8 does by itself in a pod, whose memory has a limit.
const frugal = [process.execPath, '--max-semi-space-size=1', flags.program];
const all = !flags.memory && !flags.sockets;
console.log(`${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}`);
if (all || flags.memory) {
  await hosts(frugal);
  await workers(frugal);
  await runners(frugal);
}
if (all || flags.sockets) await sockets([process.execPath, flags.program]);
