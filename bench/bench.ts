/**
 * Measures the host: `npm run bench` beside a C loop, `npm run bench -- --large` on ten million nodes alone, `npm run bench
 * -- --sockets` over TCP, `npm run bench -- --soak [minutes] [--share cores]` over TCP for half an hour or longer.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { COMPILE, compile } from './c-loop.ts';
import { compare } from './compare.ts';
import { playLarge } from './large.ts';
import { soak } from './soak.ts';
import { sockets } from './sockets.ts';
import { DEGREE } from './workload.ts';

/** Minutes. */
const SOAK = 30;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      large: { type: 'boolean' },
      sockets: { type: 'boolean' },
      soak: { type: 'boolean' },
      share: { type: 'string', default: 'Infinity' },
    },
  });
  console.log(`${cpus()[0].model}, JavaScript engine V8 ${process.versions.v8}, one thread`);
  if (values.sockets) await sockets();
  else if (values.soak) await soak(Number(positionals[0] ?? SOAK), Number(values.share));
  else await (values.large ? playLarge() : besideC());
  console.log('Results were not written.');
} catch (error) {
  console.error(`bench: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function besideC(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130));
  const compiled = await compile(folder);
  console.log(
    `Random graphs of degree ${DEGREE}; aggregate minimum, schedule ascending, start values 0 to 100 at random;\n` +
      'as many rounds as uniform choice takes to converge. Million exchanges a second, median of 5 runs after a\n' +
      'warm-up; making graphs and start values is not in the time.',
  );
  console.log(
    'program' in compiled
      ? `C: a plain loop, ${COMPILE}, UNIFORM choice in every row; it had the same random numbers, counted\n` +
          'participations, and must end with the same values as our uniform. ours/C: median of 5 alternating pairs.\n'
      : `C: not compared, ${compiled.why}\n`,
  );
  await compare('program' in compiled ? compiled.program : null, folder);
  console.log();
}
