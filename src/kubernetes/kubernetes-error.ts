import { type ErrorCode, GossipError } from '../errors.ts';

/** Statuses that may be others later. */
const PASSING = [408, 429, 500, 502, 503, 504];
/** What the server says with status 500 of a manifest that is wrong. */
const WRONG_MANIFEST = /failed to create typed patch object/;
const LONGEST_MESSAGE = 2000;

/** What a request was about, for messages. */
export interface Attempted {
  /** As RBAC names it. */
  readonly verb: string;
  /** Such as `jobs.batch` or `simulations.gossip.io/status`. */
  readonly resource: string;
  readonly name?: string;
  readonly namespace?: string;
  /** Of the API server. */
  readonly server: string;
}

/** The API server refused, could not, or was not reached. */
export class KubernetesError extends GossipError {
  /** HTTP's, or that of an event of a watch; 0 where there was no answer. */
  readonly status: number;
  /** The API's word for it, such as `Forbidden`, `Invalid`, `Conflict`, or the system's, such as `ECONNREFUSED`. */
  readonly reason: string;
  /** How long to wait before another attempt may help, in milliseconds (0: not said); null: none will. */
  readonly retryAfter: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    answer: Pick<KubernetesError, 'status' | 'reason' | 'retryAfter'>,
  ) {
    super(code, message);
    this.name = 'KubernetesError';
    this.status = answer.status;
    this.reason = answer.reason;
    this.retryAfter = answer.retryAfter;
  }
}

/** What the API server answers where it does not do as asked (its kind `Status`); all of it may be missing. */
export interface ApiStatus {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly retryAfterSeconds?: number };
}

/** An answer that is none of success. `asked` is the Retry-After header, in seconds. */
export function refusal(
  attempted: Attempted,
  status: number,
  { reason = '', message = '', details }: ApiStatus,
  asked?: string,
): KubernetesError {
  const { verb, resource, server } = attempted;
  const seconds = /^\d{1,6}$/.test(asked ?? '') ? Number(asked) : (details?.retryAfterSeconds ?? 0);
  const said = printable(message) || `status ${status}`;
  const wrong = [400, 422].includes(status) || WRONG_MANIFEST.test(said);
  const passing = PASSING.includes(status) && !wrong;
  const because = (code: ErrorCode, why: string) =>
    new KubernetesError(code, `${cannot(attempted)}: ${why}`, {
      status,
      reason,
      retryAfter: passing ? seconds * 1000 : null,
    });
  if (wrong) return because('input', said);
  if (passing) return because('failed', `${server} cannot do it now (status ${status}): ${said}`);
  switch (status) {
    case 401:
      return because(
        'input',
        `${server} does not accept the credentials (401 Unauthorized); they may have expired, or be of another cluster`,
      );
    case 403: {
      // Quotas, Pod Security and other admission are forbidden too, and say why.
      const who = /User "([^"]*)" cannot /.exec(said)?.[1];
      if (who === undefined) return because('input', `${server} forbids it: ${said}`);
      return because(
        'input',
        `${who} may not (403 Forbidden); a Role must allow the verb ${verb} on ${resource}`,
      );
    }
    case 404:
      return because(
        'input',
        /^namespaces .*not found/.test(said)
          ? 'there is no such namespace; create it first'
          : `${server} has none (404 Not Found): ${said}; where the kind is not installed there, install it`,
      );
  }
  return because('failed', `${server} says: ${said} (status ${status})`);
}

/** A request that got no answer, or one that is none of the API. */
export function failure(attempted: Attempted, error: unknown): KubernetesError {
  if (error instanceof KubernetesError) return error;
  const { server } = attempted;
  const { name, code, message } = error as NodeJS.ErrnoException;
  const reason = name === 'TimeoutError' ? 'ETIMEDOUT' : String(code ?? '');
  const said = printable(String(message).split('\n', 1)[0]);
  const because = (code: ErrorCode, why: string, retryAfter: number | null) =>
    new KubernetesError(code, `${cannot(attempted)}: ${why}`, { status: 0, reason, retryAfter });
  if (/certificate|CERT_|_CERT|ERR_TLS/i.test(`${reason} ${said}`))
    return because(
      'input',
      `the certificate of ${server} is not trusted (${reason || said}); certificate-authority of its entry in KUBECONFIG must be the cluster's`,
      null,
    );
  if (/SSL|EPROTO/.test(reason))
    return because('input', `${server} does not speak TLS (${reason}); is it http://?`, null);
  return because(
    'failed',
    `${server} does not answer (${reason || said}); KUBECONFIG must name a cluster that runs and can be reached from here`,
    0,
  );
}

/** An answer of something that is no API server. */
export function notKubernetes(attempted: Attempted): KubernetesError {
  return new KubernetesError(
    'input',
    `${cannot(attempted)}: what answers at ${attempted.server} is no API server of Kubernetes; KUBECONFIG must name one`,
    { status: 200, reason: '', retryAfter: null },
  );
}

function cannot({ verb, resource, name, namespace }: Attempted): string {
  const what = name === undefined ? resource : `${resource} "${name}"`;
  return `cannot ${verb} ${what}${namespace === undefined ? '' : ` in the namespace "${namespace}"`}`;
}

/** Without what could move a terminal's cursor, and no longer than somebody reads. */
function printable(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, LONGEST_MESSAGE);
}
