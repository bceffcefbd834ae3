import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseS3Address } from './s3-address.ts';

test('a bucket, and a prefix with or without / at its end', () => {
  assert.equal(parseS3Address('s3://simulations'), { bucket: 'simulations', prefix: '' });
  assert.equal(parseS3Address('s3://simulations/'), { bucket: 'simulations', prefix: '' });
  assert.equal(parseS3Address('s3://a-b.c9/x'), { bucket: 'a-b.c9', prefix: 'x/' });
  assert.equal(parseS3Address('s3://abc/x/y z/'), { bucket: 'abc', prefix: 'x/y z/' });
});

test('what cannot be a place says what would be right', () => {
  const cases: [string, RegExp][] = [
    ['s3:simulations', /write it as s3:\/\/bucket or s3:\/\/bucket\/prefix/],
    ['S3://simulations', /write it as/],
    ['https://minio/simulations', /write it as/],
    ['s3://', /the bucket must be 3 to 63 lowercase letters/],
    ['s3://ab', /the bucket must be/],
    [`s3://${'a'.repeat(64)}`, /the bucket must be/],
    ['s3://Simulations', /the bucket must be/],
    ['s3://a_b', /the bucket must be/],
    ['s3://-abc', /the bucket must be/],
    ['s3://a..b', /the bucket must be/],
    ['s3://192.168.0.1', /the bucket must be/],
    ['s3://user:password@host/x', /the bucket must be/],
    ['s3://abc//x', /a segment is empty/],
    ['s3://abc/../x', /'\.\.' is not allowed/],
    ['s3://abc/a\0b', /NUL/],
    [`s3://abc/${'x'.repeat(2000)}`, /over 1024 bytes/],
  ];
  for (const [text, said] of cases) {
    try {
      parseS3Address(text);
      assert.unreachable(text);
    } catch (error) {
      assert.is((error as { code: string }).code, 'input', text);
      assert.match((error as Error).message, said);
      assert.ok((error as Error).message.length < 500);
    }
  }
});

test('any text is a place that leads nowhere else, or an input error', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((rest) => `s3://abc/${rest}`),
      ),
      (text) => {
        try {
          const { bucket, prefix } = parseS3Address(text);
          assert.ok(!bucket.includes('/') && (prefix === '' || prefix.endsWith('/')));
          assert.not.ok(prefix.split('/').includes('..'));
        } catch (error) {
          assert.is((error as { code: string }).code, 'input');
        }
      },
    ),
  );
});

test.run();
