import { GossipError, inputError } from '../errors.ts';
import { BusyError } from './minio-transport.ts';

/** What a connection that did not work says, where it may work later. */
const CONNECTION = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
];
/** S3's codes for what another attempt may settle, beside the busy statuses. */
const PASSING = ['RequestTimeout', 'OperationAborted', 'ConditionalRequestConflict'];
/** No such object: of the last one there can be none. */
const ABSENT = ['NoSuchKey', 'NoSuchBucket', 'XMinioInvalidObjectName', 'KeyTooLongError'];

/** S3's code of an error, or the system's; '' where it has none. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Whether there is no such object. */
export function isAbsent(error: unknown): boolean {
  return ABSENT.includes(codeOf(error));
}

/** Whether the server was not reached. */
export function isConnectionError(error: unknown): boolean {
  return CONNECTION.includes(codeOf(error));
}

/** How long to wait before another attempt, in milliseconds (0: nothing says); null: the error will not pass. */
export function delayOf(error: unknown): number | null {
  if (error instanceof BusyError) return error.retryAfter;
  return isConnectionError(error) || PASSING.includes(codeOf(error)) ? 0 : null;
}

/** An error that may pass, in a few words. */
export function shortly(error: unknown): string {
  return error instanceof BusyError ? error.message : codeOf(error);
}

/** What is done at a place. */
export type MinioAction = 'open' | 'read' | 'write' | 'list';

/** What an error of `minio`'s client means for the one who chose the place, and what to do about it. */
export function minioError(
  error: unknown,
  action: MinioAction,
  place: string,
  server: string,
): GossipError {
  if (error instanceof GossipError) return error;
  const code = codeOf(error);
  const cannot = `cannot ${action} ${place}`;
  const input = (why: string) => inputError(`${cannot}: ${why}`, { cause: error });
  switch (code) {
    case 'InvalidAccessKeyId':
      return input(`${server} knows no such MINIO_USER (${code}); set it to a user of that server`);
    case 'SignatureDoesNotMatch':
      return input(
        `${server} refuses MINIO_PASSWORD (${code}); set MINIO_USER and MINIO_PASSWORD to those of one user`,
      );
    case 'AccessDenied':
      return input(
        `MINIO_USER may not do that at ${server} (${code}); give the user the right, or choose another bucket`,
      );
    case 'RequestTimeTooSkewed':
      return input(
        `the clocks of this machine and ${server} are too far apart (${code}); set them`,
      );
    case 'AuthorizationHeaderMalformed':
      return input(`${server} is in another region (${code}); set MINIO_REGION`);
    case 'XMinioStorageFull':
    case 'XMinioAdminBucketQuotaExceeded':
      return input(
        `${server} is full, or the bucket's quota is (${code}); make room, then start again: finished objects are kept`,
      );
    case 'EntityTooLarge':
      return input(`it is larger than an object may be at ${server} (${code}); store less`);
    case 'XMinioInvalidObjectName':
    case 'KeyTooLongError':
      return input(`the name is too long for ${server} (${code}); choose a shorter one`);
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return input(`${server} does not speak TLS (${code}); set MINIO_USE_SSL to false`);
  }
  const message = String((error as Error | null)?.message).split('\n', 1)[0];
  if (/certificate|CERT_|_CERT/i.test(`${code} ${message}`)) {
    return input(
      `the certificate of ${server} is not trusted (${code}); name its authority's file in NODE_EXTRA_CA_CERTS`,
    );
  }
  if (delayOf(error) === null) {
    if (action !== 'open')
      return new GossipError('failed', `${cannot}: ${server} says: ${code} ${message}`, {
        cause: error,
      });
    return input(
      `what answers does not speak S3 as ${server} would; MINIO_ENDPOINT must be the address of its API, not of its console, and MINIO_USE_SSL true where it speaks TLS`,
    );
  }
  if (action === 'open' && isConnectionError(error)) {
    return input(
      `${server} does not answer (${code}); set MINIO_ENDPOINT to where it is, or start it`,
    );
  }
  return new GossipError(
    'failed',
    `${cannot}: ${server} was not available for too long (${shortly(error)}); what is finished is kept`,
    { cause: error },
  );
}
