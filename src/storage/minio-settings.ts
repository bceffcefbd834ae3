import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { isName, refuse, required } from '../environment-text.ts';
import { inputError } from '../errors.ts';

/** Which MinIO, and as whom. */
export interface MinioSettings {
  readonly host: string;
  readonly port: number;
  readonly useSsl: boolean;
  readonly user: string;
  readonly password: string;
  /** Null: asked of the server. */
  readonly region: string | null;
}

const schema = z.object({
  MINIO_ENDPOINT: required('where MinIO is, as minio:9000 or https://minio.example.org'),
  MINIO_USER: required("the user's name, which MinIO calls the access key"),
  MINIO_PASSWORD: required("the user's password, which MinIO calls the secret key"),
  MINIO_USE_SSL: z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined || text === '') return null;
      if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
      return refuse(context, text, 'true or false');
    }),
  MINIO_REGION: z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined || text === '') return null;
      return /^[A-Za-z0-9-]{1,64}$/.test(text)
        ? text
        : refuse(context, text, 'the name of a region, such as us-east-1');
    }),
});

/**
 * Reads MINIO_ENDPOINT, MINIO_USER and MINIO_PASSWORD, which must be there, and MINIO_USE_SSL and MINIO_REGION.
 *
 * @throws GossipError `input` that names each variable that is wrong; `what` says who needs them
 */
export function minioSettings(
  environment: Readonly<Record<string, string | undefined>>,
  what: string,
): MinioSettings {
  const result = schema.safeParse(environment);
  const wrong = (lines: readonly string[]) => inputError(`${what}: ${lines.join('\n        ')}`);
  if (!result.success) {
    throw wrong(result.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`));
  }
  const { MINIO_ENDPOINT, MINIO_USER, MINIO_PASSWORD, MINIO_USE_SSL, MINIO_REGION } = result.data;
  const [, scheme] = /^(https?):\/\//i.exec(MINIO_ENDPOINT) ?? [];
  const useSsl = MINIO_USE_SSL ?? scheme?.toLowerCase() === 'https';
  if (scheme !== undefined && useSsl !== (scheme.toLowerCase() === 'https')) {
    throw wrong([
      `MINIO_ENDPOINT begins with ${scheme}://, but MINIO_USE_SSL is ${useSsl}: leave one of them out`,
    ]);
  }
  const address = addressOf(MINIO_ENDPOINT.slice(scheme === undefined ? 0 : scheme.length + 3));
  if (address === null) {
    throw wrong([
      'MINIO_ENDPOINT must be host:port, or http:// or https:// and these, without a path',
    ]);
  }
  return {
    host: address.host,
    port: address.port ?? (useSsl ? 443 : 80),
    useSsl,
    user: MINIO_USER,
    password: MINIO_PASSWORD,
    region: MINIO_REGION,
  };
}

/** host, host:port or [IPv6 address]:port. */
function addressOf(text: string): { host: string; port: number | null } | null {
  const [, name, address, digits] =
    /^(?:([^:/[\]]+)|\[([^[\]/]+)\])(?::(\d{1,5}))?\/?$/.exec(text) ?? [];
  const port = digits === undefined ? null : Number(digits);
  if (port !== null && (port < 1 || port > 65535)) return null;
  if (name !== undefined) return isName(name) ? { host: name, port } : null;
  return isIPv6(address ?? '') ? { host: address, port } : null;
}
