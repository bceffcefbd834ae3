import { garbage } from './transport-error.ts';

/** The longest frame, in bytes without its length. The longest that hosts send, a hello or a refusal, has a quarter. */
export const LONGEST_FRAME = 16_384;

/** Takes a stream of bytes apart into frames. */
export interface FrameDecoder {
  /**
   * Takes the next bytes of the stream and hands on each frame they complete. A frame may share memory with the chunk:
   * what is kept of it has to be copied.
   *
   * @throws TransportError (`garbage`) where a length is over the limit or is no varint, before the frame is waited for,
   *   and whatever `onFrame` throws; the decoder is of no use afterwards
   */
  push(chunk: Uint8Array): void;
}

/**
 * A decoder of frames, each after its length in bytes as a varint (protobuf's delimited form). It holds at most one
 * unfinished frame.
 */
export function createFrameDecoder(
  onFrame: (frame: Uint8Array) => void,
  longest = LONGEST_FRAME,
): FrameDecoder {
  let length = 0; // of the frame that has begun, as far as its varint was read
  let shift = 0; // how many bits of that varint were read
  let part: Uint8Array | null = null; // that frame, once its length is known
  let filled = 0;

  /** Reads on in the varint; returns the position after it or, where the chunk ends before it does, -1. */
  function readLength(chunk: Uint8Array, position: number): number {
    while (position < chunk.length) {
      const byte = chunk[position++];
      length += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (length > longest) throw garbage(`a frame of over ${longest} bytes is announced`);
      if (byte < 0x80) return position;
      if (shift === 35) throw garbage('a frame begins with no length');
    }
    return -1;
  }

  return {
    push(chunk) {
      let position = 0;
      if (part !== null) {
        position = Math.min(length - filled, chunk.length);
        part.set(chunk.subarray(0, position), filled);
        filled += position;
        if (filled < length) return;
        const frame = part;
        part = null;
        length = shift = 0;
        onFrame(frame);
      }
      while (position < chunk.length) {
        const begin = readLength(chunk, position);
        if (begin < 0) return;
        position = begin + length;
        if (position > chunk.length) {
          part = new Uint8Array(length);
          part.set(chunk.subarray(begin));
          filled = chunk.length - begin;
          return;
        }
        length = shift = 0;
        onFrame(chunk.subarray(begin, position));
      }
    },
  };
}
