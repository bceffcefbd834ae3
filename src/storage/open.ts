import { createDirectoryStorage } from './directory.ts';
import type { StorageListener } from './minio-connection.ts';
import type { Storage } from './storage.ts';

/**
 * The storage that `where` names: a folder, or `s3://bucket[/prefix]` at the MinIO that MINIO_ENDPOINT, MINIO_USER,
 * MINIO_PASSWORD and, where needed, MINIO_USE_SSL and MINIO_REGION of the environment say. Nothing is made before
 * something is put.
 *
 * @throws GossipError `input` where `where` or a variable is wrong, or the server is not reached
 */
export async function openStorage(
  where: string,
  environment: Readonly<Record<string, string | undefined>>,
  listener: StorageListener = {},
): Promise<Storage> {
  if (!/^(s3:|[a-z][a-z0-9+.-]*:\/\/)/i.test(where)) return createDirectoryStorage(where);
  const { parseS3Address } = await import('./s3-address.ts');
  const address = parseS3Address(where);
  // Loaded where they are needed: a host should start fast.
  const { minioSettings } = await import('./minio-settings.ts');
  const settings = minioSettings(environment, where);
  const { createMinioStorage } = await import('./minio.ts');
  return createMinioStorage(address, settings, listener);
}
