/** Where the fields of a line are. */
export interface Fields {
  count: number;
  /** Field i is bytes[bounds[2 * i]..bounds[2 * i + 1]). */
  bounds: Uint32Array;
}

const space = 32;
const hash = 35;
const percent = 37;

/** A table of the bytes that separate fields. */
export function separators(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

export function createFields(): Fields {
  return { count: 0, bounds: new Uint32Array(64) };
}

/**
 * Splits bytes[start..end) at runs of separators; blanks around a field are not part of it. A field that begins with
 * # or % begins a comment, which ends the line.
 */
export function splitFields(
  fields: Fields,
  bytes: Uint8Array,
  start: number,
  end: number,
  separator: Uint8Array,
): void {
  fields.count = 0;
  let at = start;
  for (;;) {
    while (at < end && (isBlank(bytes[at]) || separator[bytes[at]] === 1)) at++;
    if (at >= end || bytes[at] === hash || bytes[at] === percent) return;
    const begin = at;
    while (at < end && separator[bytes[at]] === 0) at++;
    let last = at;
    while (isBlank(bytes[last - 1])) last--;
    addField(fields, begin, last);
  }
}

/** Space, tab, carriage return and the like, but not 0: that is a sign of a binary file. */
function isBlank(byte: number): boolean {
  return byte === space || (byte >= 9 && byte <= 13);
}

function addField(fields: Fields, begin: number, end: number): void {
  const at = 2 * fields.count;
  if (at === fields.bounds.length) {
    const larger = new Uint32Array(2 * at);
    larger.set(fields.bounds);
    fields.bounds = larger;
  }
  fields.bounds[at] = begin;
  fields.bounds[at + 1] = end;
  fields.count++;
}
