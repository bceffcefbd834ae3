import { inputError } from '../errors.ts';

const mark: unique symbol = Symbol('float');

/** A number that Python would hold as a float: 2 is written 2.0. */
export interface PythonFloat {
  readonly [mark]: number;
}

/**
 * What can be written; a Map is a dict whose keys keep their order (an object's keys that look like integers go
 * first). A number without a fraction is an int.
 */
export type PythonValue =
  | null
  | boolean
  | number
  | string
  | PythonFloat
  | readonly PythonValue[]
  | ReadonlyMap<string, PythonValue>
  | { readonly [key: string]: PythonValue };

/** Marks a number as a float. */
export function float(value: number): PythonFloat {
  return { [mark]: value };
}

/**
 * The text of Python's json.dumps(value, indent=2): ASCII only, no newline at the end.
 * @throws GossipError `input` where a number is not finite, which JSON has no word for.
 */
export function pythonJson(value: PythonValue): string {
  return jsonText(value, '\n');
}

/** `newline` begins a line at the value's own depth. */
function jsonText(value: PythonValue, newline: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return numberText(value);
  if (mark in value) return pythonFloat(finite((value as PythonFloat)[mark]));
  const inner = `${newline}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => inner + jsonText(item, inner));
    return items.length === 0 ? '[]' : `[${items.join(',')}${newline}]`;
  }
  const entries: Iterable<[string, PythonValue]> =
    value instanceof Map ? value : Object.entries(value);
  const items = Array.from(
    entries,
    ([key, item]) => `${inner}${quoted(key)}: ${jsonText(item, inner)}`,
  );
  return items.length === 0 ? '{}' : `{${items.join(',')}${newline}}`;
}

function numberText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : pythonFloat(finite(value));
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw inputError(`JSON cannot hold the number ${value}`);
  return value;
}

/** JSON's own escapes, and \uXXXX (a pair of them beyond U+FFFF) for all that is not printable ASCII. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Python's repr of a float: the shortest text that reads back as the same number, always with a point or an exponent
 * ("2.0", "0.0001", "1e-05", "1e+16").
 */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (!Number.isFinite(value)) return `${sign}inf`;
  const [digits, exponentText] = Math.abs(value).toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const exponentSign = exponent < 0 ? '-' : '+';
    return `${sign}${digits}e${exponentSign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  // Within these bounds JavaScript writes no exponent down to 1e-6 and up to 1e21.
  const plain = String(Math.abs(value));
  return sign + (plain.includes('.') ? plain : `${plain}.0`);
}
