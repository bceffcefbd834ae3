import { BinaryWriter } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createFrameDecoder, LONGEST_FRAME } from './framing.ts';
import { TransportError } from './transport-error.ts';

/** The frames that a stream holds, pushed in these chunks. */
function framesOf(chunks: Iterable<Uint8Array>, longest?: number): number[][] {
  const frames: number[][] = [];
  const decoder = createFrameDecoder((frame) => void frames.push([...frame]), longest);
  for (const chunk of chunks) decoder.push(chunk);
  return frames;
}

/** The bytes cut after each of these positions. */
function* cut(bytes: Uint8Array, positions: number[]): Generator<Uint8Array> {
  let begin = 0;
  for (const end of [...positions, bytes.length].sort((a, b) => a - b)) {
    if (end < begin || end > bytes.length) continue;
    yield bytes.slice(begin, end);
    begin = end;
  }
}

function delimited(frames: Iterable<Uint8Array>): Uint8Array {
  const writer = new BinaryWriter();
  for (const frame of frames) writer.bytes(frame);
  return writer.finish();
}

test('any split into chunks gives the same frames', () => {
  const frame = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.uint8Array({ minLength: 120, maxLength: 300 }),
  );
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 12 }),
      fc.array(fc.nat(1500), { maxLength: 30 }),
      (frames, positions) => {
        const expected = frames.map((frame) => [...frame]);
        const bytes = delimited(frames);
        assert.equal(framesOf(cut(bytes, positions)), expected);
        assert.equal(framesOf([...bytes].map((byte) => Uint8Array.of(byte))), expected);
      },
    ),
    { seed: 1, numRuns: 400 },
  );
});

test('garbage is refused or taken for frames within the limit, whatever it is', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 10 }), (chunks) => {
      try {
        for (const frame of framesOf(chunks, 100)) assert.ok(frame.length <= 100);
      } catch (error) {
        assert.instance(error, TransportError);
        assert.is((error as TransportError).reason, 'garbage');
        assert.is((error as TransportError).retryable, false);
      }
    }),
    { seed: 2, numRuns: 2000 },
  );
});

test('a frame is taken up to the limit, and one byte more is refused before it is waited for', () => {
  const longest = new Uint8Array(LONGEST_FRAME).fill(7);
  assert.is(framesOf([delimited([longest])])[0].length, LONGEST_FRAME);
  const announced = new BinaryWriter().uint32(LONGEST_FRAME + 1).finish();
  assert.throws(() => framesOf([announced]), /over 16384 bytes/);
});

test('4 GiB announced are refused at once', () => {
  const announced = new BinaryWriter().uint32(2 ** 32 - 1).finish();
  assert.throws(() => framesOf([announced]), /over 16384 bytes/);
  const bytewise = [...announced].map((byte) => Uint8Array.of(byte));
  assert.throws(() => framesOf(bytewise.slice(0, 3)), /over 16384 bytes/);
});

test('a length that does not end is refused', () => {
  assert.throws(() => framesOf([new Uint8Array(5).fill(0x80)]), /begins with no length/);
  assert.equal(framesOf([new Uint8Array(4).fill(0x80)]), []);
});

test('half a frame is waited for', () => {
  const bytes = delimited([Uint8Array.of(1, 2, 3)]);
  assert.equal(framesOf([bytes.subarray(0, 3)]), []);
  assert.equal(framesOf([bytes.subarray(0, 3), bytes.subarray(3)]), [[1, 2, 3]]);
});

test('frames after one that its reader refuses are not read', () => {
  let read = 0;
  const decoder = createFrameDecoder(() => {
    read++;
    throw new Error('refused');
  });
  const bytes = delimited([Uint8Array.of(1), Uint8Array.of(2)]);
  assert.throws(() => decoder.push(bytes), 'refused');
  assert.is(read, 1);
});

test.run();
