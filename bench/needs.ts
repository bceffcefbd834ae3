/**
 * Measures again what src/runner/costs.ts says: node bench/needs.ts [--program FILE] [--hosts] [--runner] [--times]. FILE
 * is the program whose memory is measured, bin/gossip.js if not given; the image has a bundle of it, which takes less.
 */
import { parseArgs } from 'node:util';
import { hosts } from './needs-hosts.ts';

const { values: flags } = parseArgs({
  options: { program: { type: 'string', default: 'bin/gossip.js' } },
});
const program = [process.execPath, flags.program];
await hosts(program);
