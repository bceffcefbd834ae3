import { GREATEST_VALUE, LEAST_VALUE } from './environment-variables.ts';

/** The most bytes that the seed's nodes read. */
const LONGEST_MESSAGE = 1024;

/** What nodes tell each other in an exchange: who they are and what they hold. */
export interface SeedMessage {
  readonly name: string;
  /** An int32. */
  readonly value: number;
}

/** `name:value` in UTF-8, with the value in decimal and nothing after it. */
export function encodeSeedMessage({ name, value }: SeedMessage): Buffer {
  return Buffer.from(`${name}:${value}`);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The message in these bytes, blanks and line ends around the value left out; null where they are none. */
export function parseSeedMessage(bytes: Uint8Array): SeedMessage | null {
  if (bytes.length > LONGEST_MESSAGE) return null;
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return null;
  }
  const match = /^([^:]+):\s*([+-]?\d+)\s*$/.exec(text);
  if (match === null) return null;
  const value = Number(match[2]);
  // Adding 0 makes 0 of -0.
  return value >= LEAST_VALUE && value <= GREATEST_VALUE
    ? { name: match[1], value: value + 0 }
    : null;
}
