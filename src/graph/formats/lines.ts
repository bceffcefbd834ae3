import { inputError } from '../../errors.ts';

/** bytes[start..end) is the line without its line feed; the bytes are only good during the call. */
export type OnLine = (bytes: Uint8Array, start: number, end: number, line: number) => void;

const newline = 10;
const longestLine = 1 << 28;

/**
 * Calls onLine for each line of a file (named for messages, and its bytes), from line 1. The file is never in memory as
 * a whole; a line is, so it may have 256 MiB. A byte order mark at the start is passed over.
 */
export async function forEachLine(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  onLine: OnLine,
): Promise<void> {
  let line = 1;
  // The beginning of a line that has not ended yet.
  let begun: Uint8Array[] = [];
  let begunBytes = 0;

  const finish = (rest: Uint8Array): void => {
    const whole = Buffer.concat([...begun, rest]);
    begun = [];
    begunBytes = 0;
    onLine(whole, startOf(whole, line), whole.length, line++);
  };

  for await (const chunk of chunks) {
    let start = 0;
    let end = chunk.indexOf(newline);
    if (begunBytes > 0 && end >= 0) {
      finish(chunk.subarray(0, end));
      start = end + 1;
      end = chunk.indexOf(newline, start);
    }
    for (; end >= 0; end = chunk.indexOf(newline, start)) {
      onLine(chunk, line === 1 ? startOf(chunk, line) : start, end, line++);
      start = end + 1;
    }
    if (start === chunk.length) continue;
    begun.push(chunk.subarray(start));
    begunBytes += chunk.length - start;
    if (begunBytes > longestLine) {
      throw inputError(`${file}, line ${line}: the line is longer than ${longestLine >> 20} MiB`);
    }
  }
  if (begunBytes > 0) finish(new Uint8Array(0));
}

/** Where line 1 begins after a UTF-8 byte order mark; 0 for other lines. */
function startOf(bytes: Uint8Array, line: number): number {
  return line === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}
