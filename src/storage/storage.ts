import { inputError } from '../errors.ts';

/** Text (as UTF-8), bytes, or bytes in pieces, where one array or string would be too large. */
export type Content = string | Uint8Array | readonly Uint8Array[];

export interface PutOptions {
  /** A media type, where the storage keeps one. */
  readonly contentType?: string;
  /** Write only where no object has this key; default false: replace it. */
  readonly ifAbsent?: boolean;
}

/**
 * Where results go: objects under keys, as in S3. Every method throws GossipError: `input` where the caller's choice of
 * place or key is wrong, `failed` where the storage is.
 */
export interface Storage {
  /**
   * Stores an object whole or not at all: a reader, also one after a crash in the middle, finds the old object or the
   * new one. False where `ifAbsent` found an object, which is left as it was; of several at once, one gets true.
   */
  put(key: string, content: Content, options?: PutOptions): Promise<boolean>;
  /** The object, or null where there is none. */
  get(key: string): Promise<Uint8Array | null>;
  /**
   * The keys that begin with `prefix` (which may end within a segment; '' is all), ascending by their UTF-8 bytes.
   * Nothing is held but what orders them.
   */
  list(prefix: string): AsyncIterable<string>;
  /**
   * The beginnings of keys that go from `prefix` (which may end within a segment) to the next '/', without it: folders,
   * each once, ascending, and none of what is in them is read.
   */
  folders(prefix: string): AsyncIterable<string>;
  /** Where this is, for messages. */
  describe(): string;
}

/** S3's limit, in bytes of UTF-8. */
const LONGEST_KEY = 1024;

/**
 * The segments of a key. Keys are made from names that people wrote, so none may lead out of the storage.
 * @throws GossipError `input` where a segment is empty, '.' or '..', where the key holds a NUL, a backslash or half a
 * surrogate pair, or is over 1024 bytes.
 */
export function keySegments(key: string): string[] {
  const refuse = (why: string) => {
    const shown = JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key);
    return inputError(`${shown} cannot be an object's key: ${why}`);
  };
  if (Buffer.byteLength(key) > LONGEST_KEY) throw refuse(`it is over ${LONGEST_KEY} bytes`);
  if (/[\0\\]/.test(key)) throw refuse('it holds a NUL or a backslash');
  if (!key.isWellFormed()) throw refuse('it is not well-formed Unicode');
  const segments = key.split('/');
  for (const segment of segments) {
    if (segment === '') throw refuse('a segment is empty; write it as a/b, without / at the ends');
    if (segment === '.' || segment === '..') throw refuse(`'${segment}' is not allowed in it`);
  }
  return segments;
}

/** What of a prefix goes to its last '/', '' where it has none. Throws as keySegments. */
export function folderOf(prefix: string): string {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (folder !== '') keySegments(folder.slice(0, -1));
  return folder;
}

/** The order of keys in `list`: by UTF-8 bytes, as S3 does (JavaScript's own order differs beyond U+FFFF). */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
