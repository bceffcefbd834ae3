import { BinaryWriter } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  readFrame,
  refusalOf,
  requestOf,
  writeHello,
  writeRefusal,
  writeRequest,
} from './frame.ts';
import { createFrameDecoder, LONGEST_FRAME } from './framing.ts';
import { request } from './request.fixture.ts';
import { refused, TransportError } from './transport-error.ts';

/** What was written, as one frame without its length. */
function written(write: (frames: BinaryWriter) => void): Uint8Array {
  const writer = new BinaryWriter();
  write(writer);
  const frames: Uint8Array[] = [];
  createFrameDecoder((frame) => void frames.push(frame)).push(writer.finish());
  assert.is(frames.length, 1);
  return frames[0];
}

test('a request is these bytes', () => {
  const sent = request({ epoch: 2 ** 40, repetition: 2, round: 300, initiator: 7, partner: 1 });
  const bytes = written((frames) => writeRequest(frames, 5, { ...sent, value: 1.5 }));
  assert.is(
    Buffer.from(bytes).toString('hex'),
    '08051a1b09' + '0000000000010000' + '1002' + '18ac02' + '2807' + '3001' + '39000000000000f83f',
  );
});

test('requests are read as they were written', () => {
  const uint32 = fc.nat(2 ** 32 - 1);
  const requests = fc.record(
    {
      epoch: fc.maxSafeNat(),
      repetition: uint32,
      round: uint32,
      turn: uint32,
      initiator: uint32,
      partner: uint32,
      lane: uint32,
      value: fc.double(),
      pickOnly: fc.boolean(),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(uint32, requests, (id, sent) => {
      const { id: readId, body } = readFrame(written((frames) => writeRequest(frames, id, sent)));
      if (body.case !== 'request') throw new Error('not a request');
      assert.is(readId, id);
      assert.equal(requestOf(body.value), sent);
    }),
    { seed: 1 },
  );
});

test('garbage is read or refused as garbage', () => {
  const valid = written((frames) => writeRequest(frames, 5, request({ value: 1.5 })));
  const damaged = fc
    .array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    .map((changes) => {
      const bytes = valid.slice();
      for (const [position, byte] of changes) bytes[position] = byte;
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), damaged), (bytes) => {
      try {
        const { body } = readFrame(bytes);
        if (body.case === 'request') requestOf(body.value);
      } catch (error) {
        assert.instance(error, TransportError);
        assert.is((error as TransportError).reason, 'garbage');
      }
    }),
    { seed: 2, numRuns: 5000 },
  );
});

test('an epoch over 2^53-1 is refused', () => {
  const bytes = written((frames) => writeRequest(frames, 1, request({ epoch: 2 ** 53 })));
  const { body } = readFrame(bytes);
  assert.throws(() => body.case === 'request' && requestOf(body.value), /over 2\^53-1/);
});

test('the longest hello and the longest refusal are within the limit', () => {
  const token = '\u{ffff}'.repeat(1365);
  assert.ok(written((frames) => writeHello(frames, token)).length < LONGEST_FRAME / 2);
  const error = refused('stale', '\u{1f600}'.repeat(100_000));
  const bytes = written((frames) => writeRefusal(frames, 1, error));
  assert.ok(bytes.length < LONGEST_FRAME / 2);
  const { body } = readFrame(bytes);
  if (body.case !== 'refusal') throw new Error('not a refusal');
  const { refusal, message } = refusalOf(body.value.reason, body.value.text);
  assert.is(refusal, 'stale');
  assert.is(message, '\u{1f600}'.repeat(512));
});

test('a refusal whose text is cut within a character can be read', () => {
  const error = refused('stale', `x${'\u{1f600}'.repeat(1000)}`);
  const bytes = written((frames) => writeRefusal(frames, 1, error));
  assert.is(readFrame(bytes).body.case, 'refusal');
});

test('a reason of a later version is unspecified', () => {
  const { refusal, retryable } = refusalOf(99 as Parameters<typeof refusalOf>[0], 'new');
  assert.is(refusal, 'unspecified');
  assert.is(retryable, false);
});

test.run();
