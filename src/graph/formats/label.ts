import { inputError } from '../../errors.ts';
import type { Label } from '../builder.ts';

const zero = 48;
const longestLabel = 1000;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The label that stands in bytes[start..end): a number without making a string where it is a plain one. */
export function readLabel(
  bytes: Uint8Array,
  start: number,
  end: number,
  file: string,
  line: number,
): Label {
  // 15 digits are always a safe integer; longer ones and "007" are left to the builder.
  if (end - start <= 15 && (bytes[start] !== zero || end === start + 1)) {
    let value = 0;
    let at = start;
    for (; at < end; at++) {
      const digit = bytes[at] - zero;
      if (digit < 0 || digit > 9) break;
      value = 10 * value + digit;
    }
    if (at === end) return value;
  }
  return checkLabel(decode(bytes, start, end, file, line), `${file}, line ${line}`);
}

/** The UTF-8 text in bytes[start..end). */
export function decode(
  bytes: Uint8Array,
  start: number,
  end: number,
  file: string,
  line: number,
): string {
  try {
    return utf8.decode(bytes.subarray(start, end));
  } catch (cause) {
    throw inputError(`${file}, line ${line}: this is not UTF-8 text; save the file as UTF-8`, {
      cause,
    });
  }
}

/** The label, if it is fit to be written into tables. */
export function checkLabel(label: string, where: string): string {
  if (label.length > longestLabel) {
    throw inputError(
      `${where}: a label of ${label.length} characters; the most is ${longestLabel}`,
    );
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(label)) {
    throw inputError(
      `${where}: the label ${JSON.stringify(label)} has control characters; is this a text file?`,
    );
  }
  return label;
}
