import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** How bytes may be compressed on their way, the shortest first. */
export type Encoding = 'br' | 'gzip';

/** Bytes as they are sent to those who read an encoding; `name` is null where they are sent as they are. */
export type Encoded = (
  encoding: Encoding | null,
) => Promise<{ readonly bytes: Buffer; readonly name: Encoding | null }>;

/** Shorter ones hardly get shorter. */
const LEAST = 1024;

/** Of a quality that takes milliseconds for a script; the best takes seconds. */
const COMPRESS: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/** The shortest encoding that a header Accept-Encoding allows; null: none. */
export function encodingFor(accepted: string): Encoding | null {
  const offers = accepted.split(',').map((offer) =>
    offer
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  );
  const allows = (name: Encoding) =>
    offers.some(([offered, weight]) => offered === name && !/^q=0(\.0*)?$/.test(weight ?? ''));
  return (['br', 'gzip'] as const).find(allows) ?? null;
}

/**
 * Bytes that are compressed when somebody first asks, and then kept.
 *
 * @param gains whether they get shorter, as text does
 */
export function encodable(bytes: Buffer, gains: boolean): Encoded {
  const compressed = new Map<Encoding, Promise<Buffer>>();
  return async (encoding) => {
    if (encoding === null || !gains || bytes.length < LEAST) return { bytes, name: null };
    if (!compressed.has(encoding)) compressed.set(encoding, COMPRESS[encoding](bytes));
    return { bytes: await compressed.get(encoding)!, name: encoding };
  };
}
