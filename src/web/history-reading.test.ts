import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type HistoryPart, SimulationService } from '../gen/gossip/v1/simulation_pb.ts';
import { createHistoryEncoder } from '../replay/index.ts';
import { nothing, type Reading, readOn } from './history-reading.ts';

const LAST = 4;

/** A part a round of two nodes, of which the second holds 9 until the end. */
function parts(): HistoryPart[] {
  const start = Float64Array.of(1, 9);
  const encoder = createHistoryEncoder({
    aggregate: 'minimum',
    tolerance: 0,
    start,
    lastRound: LAST,
  });
  return Array.from({ length: LAST + 1 }, (_, round) => {
    const values = round < LAST ? start : Float64Array.of(1, 1);
    return encoder.add(round, values) ?? encoder.flush()!;
  });
}

/** Reads from a server whose streams end in these ways after so many parts. */
async function read(...streams: { parts: number; error?: ConnectError }[]) {
  const waiting = streams.values();
  const transport = createRouterTransport(({ service }) =>
    service(SimulationService, {
      async *readHistory() {
        const { parts: count, error } = waiting.next().value!;
        for (const part of parts().slice(0, count)) yield { part };
        if (error !== undefined) throw error;
      },
    }),
  );
  const place = { folder: 'a-1', graph: 'pair', execution: 1, run: 1 };
  const reading: Reading = { place, known: nothing() };
  const seen: number[] = [];
  await readOn(reading, {
    client: createClient(SimulationService, transport),
    signal: new AbortController().signal,
    changed: () => seen.push(reading.known.decoder.rounds.length),
    most: 2 ** 20,
  });
  return { known: reading.known, seen };
}

const cut = new ConnectError('the connection was cut', Code.Unavailable);

test('a history comes part by part', async () => {
  const { known, seen } = await read({ parts: LAST + 1 });
  assert.ok(known.isWhole);
  assert.equal(seen, [1, 2, 3, 4, 5, 5]);
  assert.equal(
    known.decoder.rounds.map(({ distinct }) => distinct),
    [2, 2, 2, 2, 1],
  );
});

test('it is read again where the connection was cut, and never becomes shorter meanwhile', async () => {
  const { known, seen } = await read(
    { parts: 3, error: cut },
    { parts: 2, error: cut },
    { parts: LAST + 1 },
  );
  assert.ok(known.isWhole);
  assert.equal(
    seen,
    seen.toSorted((a, b) => a - b),
  );
  assert.is(known.decoder.rounds.length, LAST + 1);
});

test('why there is none is said in words, and not tried again', async () => {
  const error = new ConnectError('there is no such run', Code.NotFound);
  const { known } = await read({ parts: 0, error });
  assert.is(known.error, 'there is no such run');
  assert.not.ok(known.isWhole);
});

test('what is no history is not shown', async () => {
  const transport = createRouterTransport(({ service }) =>
    service(SimulationService, {
      async *readHistory() {
        yield { part: { ...parts()[1], beginning: undefined } };
      },
    }),
  );
  const place = { folder: 'a-1', graph: 'pair', execution: 1, run: 1 };
  const reading: Reading = { place, known: nothing() };
  await readOn(reading, {
    client: createClient(SimulationService, transport),
    signal: new AbortController().signal,
    changed: () => {},
    most: 2 ** 20,
  });
  assert.match(reading.known.error!, /not the history of a run/);
});

test.run();
