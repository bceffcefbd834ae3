import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createHistoryDecoder } from '../../replay/index.ts';
import { type Cursor, createLiveRun, NOTHING_READ } from './live-run.ts';

const NODES = 5000;
const START = Float64Array.from({ length: NODES }, (_, node) => node);
const RUN = { aggregate: 'minimum' as const, tolerance: 0.001, start: START };

/** Values that change at all nodes each round. */
const after = (round: number) =>
  START.map((value) => Math.max(0, (value * 7919 + round * 104_729) % NODES));

/** Somebody who reads, and what he has of it. */
function reader(live: ReturnType<typeof createLiveRun>) {
  const decoder = createHistoryDecoder();
  let cursor: Cursor = NOTHING_READ;
  let beginnings = 0;
  return {
    decoder,
    read(): number {
      const read = live.read(cursor);
      cursor = read.cursor;
      if (read.part === null) return 0;
      if (read.part.beginning !== undefined) beginnings++;
      decoder.add(read.part);
      return read.part.rounds.length;
    },
    get beginnings() {
      return beginnings;
    },
  };
}

function holds({ decoder }: ReturnType<typeof reader>, round: number): void {
  const codes = decoder.codes(round);
  assert.is(decoder.rounds.at(-1)!.round, round);
  assert.equal(Array.from(codes, decoder.valueOf), [...(round === 0 ? START : after(round))]);
}

test('all who keep up read the same messages, written once', () => {
  const live = createLiveRun();
  assert.is(live.read(NOTHING_READ).part, null);
  live.begin(RUN);
  live.add(0, START);
  let cursors: Cursor[] = [NOTHING_READ, NOTHING_READ, NOTHING_READ];
  for (let round = 1; round <= 5; round++) {
    const read = cursors.map((cursor) => live.read(cursor));
    assert.ok(read.every(({ part }) => part !== null && part === read[0].part));
    cursors = read.map(({ cursor }) => cursor);
    assert.is(live.read(cursors[0]).part, null);
    live.add(round, after(round));
  }
});

test('who comes later reads all that is kept, and who missed too much begins anew with the newest', () => {
  const live = createLiveRun();
  live.begin(RUN);
  const slow = reader(live);
  live.add(0, START);
  slow.read();
  for (let round = 1; round <= 3; round++) live.add(round, after(round));
  const late = reader(live);
  assert.is(late.read(), 4);
  holds(late, 3);
  for (let round = 4; round <= 400; round++) {
    live.add(round, after(round));
    late.read();
  }
  holds(late, 400);
  assert.is(late.beginnings, 1);
  // What is kept is bounded, so there is no way from where it was.
  assert.is(slow.read(), 1);
  assert.is(slow.beginnings, 2);
  holds(slow, 400);
  live.add(401, after(401));
  for (const one of [slow, late]) {
    assert.is(one.read(), 1);
    holds(one, 401);
  }
});

test('another run takes the place of the one before', () => {
  const live = createLiveRun();
  const one = reader(live);
  live.begin(RUN);
  live.add(0, START);
  one.read();
  live.begin({ ...RUN, start: START.slice(0, 10) });
  assert.is(one.read(), 0);
  live.add(4, START.slice(0, 10));
  assert.is(one.read(), 1);
  assert.equal([one.beginnings, one.decoder.beginning!.nodes], [2, 10]);
});

test.run();
