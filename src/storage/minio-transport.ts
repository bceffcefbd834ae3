/** What carries the requests of `minio`'s client: node:http, with deadlines and with what a busy server asks for. */
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';

/** A server that answers, but not now. */
export class BusyError extends Error {
  readonly status: number;
  /** How long it asks to wait, in milliseconds; 0: it does not say. */
  readonly retryAfter: number;

  constructor(status: number, retryAfter: number) {
    super(`status ${status}`);
    this.name = 'BusyError';
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Statuses that may be others later. 501 and 507 (full) are answers. */
const BUSY = [408, 429, 500, 502, 503, 504];
/** How long it may take to connect, in milliseconds. */
const CONNECTION_DEADLINE = 5000;

type Callback = (response: IncomingMessage) => void;

/**
 * As node:http for `minio`'s client, which never sees a busy answer: the request fails with a BusyError instead, and
 * with ETIMEDOUT where nothing comes for `silence` milliseconds.
 */
export function minioTransport(useSsl: boolean, silence: number): Pick<typeof http, 'request'> {
  const carrier = useSsl ? https : http;

  function request(options: https.RequestOptions, callback: Callback): ClientRequest {
    const request = carrier.request({ ...options, timeout: silence }, (response) => {
      const { statusCode = 0, headers } = response;
      if (!BUSY.includes(statusCode)) return callback(response);
      // The client's own handling would wait for as long as it is told, and leave the body unread.
      response.resume();
      request.emit('error', new BusyError(statusCode, milliseconds(headers['retry-after'])));
    });
    request.on('timeout', () => request.destroy(timeout('no answer')));
    request.once('socket', (socket) => {
      if (!socket.connecting) return;
      const give = () => request.destroy(timeout('no connection'));
      const timer = setTimeout(give, CONNECTION_DEADLINE);
      for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(timer));
    });
    return request;
  }

  return { request: request as typeof http.request };
}

function timeout(what: string): Error {
  return Object.assign(new Error(`${what} within the time limit`), { code: 'ETIMEDOUT' });
}

/** Of a Retry-After header in seconds; a date counts as not said. */
function milliseconds(text: string | undefined): number {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) * 1000 : 0;
}
