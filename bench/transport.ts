/**
 * What an exchange over a pooled TCP connection costs: node bench/transport.ts [--exchanges N] [--one-process]. The peer
 * is another process on this machine, or this one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createTcp, type Transport, TransportError } from '../src/transport/index.ts';

const { values: flags } = parseArgs({
  options: {
    exchanges: { type: 'string', default: '300000' },
    'one-process': { type: 'boolean', default: false },
    partner: { type: 'boolean', default: false },
  },
});

/** Exchanges a second with so many under way at any time. */
function measure(
  transport: Transport,
  peer: string,
  inFlight: number,
  count: number,
): Promise<number> {
  const begin = performance.now();
  let begun = 0;
  let ended = 0;
  return new Promise((resolve, reject) => {
    const next = () => {
      begun++;
      transport.send(
        peer,
        {
          epoch: 2 ** 40,
          lane: 0,
          repetition: 1,
          round: begun,
          turn: 0,
          initiator: 3,
          partner: 4,
          value: 1,
          pickOnly: false,
        },
        (outcome) => {
          if (outcome instanceof TransportError) reject(outcome);
          else if (++ended === count) resolve((count / (performance.now() - begin)) * 1000);
          else if (begun < count) next();
        },
      );
    };
    for (let i = 0; i < inFlight; i++) next();
  });
}

const partner = createTcp();
const half = { value: 42 };
if (flags.partner) console.log(await partner.listen(() => half));
else {
  let child: ChildProcess | null = null;
  let address: string;
  if (flags['one-process']) address = await partner.listen(() => half);
  else {
    const runtime = 'Deno' in globalThis ? ['run', '-A'] : [];
    const program = [...runtime, fileURLToPath(import.meta.url), '--partner'];
    const started = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    address = await new Promise((resolve) =>
      started.stdout.once('data', (data) => resolve(`${data}`.trim())),
    );
  }
  const transport = createTcp();
  for (const inFlight of [1, 8, 64, 512]) {
    const count = inFlight === 1 ? Number(flags.exchanges) / 10 : Number(flags.exchanges);
    await measure(transport, address, inFlight, Math.min(count, 20_000));
    const rate = await measure(transport, address, inFlight, count);
    console.log(`${String(inFlight).padStart(4)} in flight: ${Math.round(rate)} exchanges/s`);
  }
  const { sentBytes, receivedBytes } = transport.traffic;
  console.log(`${sentBytes} bytes sent, ${receivedBytes} received`);
  await transport.close();
  child?.kill();
}
if (!flags.partner) await partner.close();
