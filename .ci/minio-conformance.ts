// node .ci/minio-conformance.ts: what every storage must do, at the MinIO of MINIO_ENDPOINT: a bucket that is not there
// yet, and below a prefix in a bucket with other things.
import { openStorage } from '../src/storage/index.ts';
import { storageConformance } from '../src/storage/storage.conformance.ts';

let count = 0;
const newBucket = () => `conformance-${process.pid}-${++count}`;
const opened = async (where: string) => ({
  storage: await openStorage(where, process.env, { notice: console.error }),
  cleanup: async () => {},
});

storageConformance('MinIO', () => opened(`s3://${newBucket()}`));

storageConformance('MinIO, below a prefix', async () => {
  const bucket = newBucket();
  const { storage } = await opened(`s3://${bucket}`);
  for (const key of ['a', 'below/it', 'below/prefi', 'below/prefix-a', 'below/prefixa', 'c/d']) {
    await storage.put(key, key);
  }
  return opened(`s3://${bucket}/below/prefix`);
});
