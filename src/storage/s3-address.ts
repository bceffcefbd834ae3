import { inputError } from '../errors.ts';
import { keySegments } from './storage.ts';

/** A place in a store that speaks S3. */
export interface S3Address {
  readonly bucket: string;
  /** What all keys begin with: '' or text that ends in '/'. */
  readonly prefix: string;
}

/** S3's rule: labels of letters, digits and '-' between dots. */
const BUCKET = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Reads `s3://bucket[/prefix]`. Throws GossipError `input` that says what is wrong with it. */
export function parseS3Address(text: string): S3Address {
  const refuse = (why: string) => {
    const shown = JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
    return inputError(`${shown} cannot be a place for results: ${why}`);
  };
  const [, bucket, rest] = /^s3:\/\/([^/]*)(?:\/(.*))?$/s.exec(text) ?? [];
  if (bucket === undefined) throw refuse('write it as s3://bucket or s3://bucket/prefix');
  if (bucket.length < 3 || bucket.length > 63 || !BUCKET.test(bucket) || /^[\d.]+$/.test(bucket)) {
    throw refuse(
      'the bucket must be 3 to 63 lowercase letters, digits, "-" and ".", as in s3://simulations',
    );
  }
  const prefix = (rest ?? '').replace(/\/$/, '');
  if (prefix === '') return { bucket, prefix };
  try {
    keySegments(prefix);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  return { bucket, prefix: `${prefix}/` };
}
