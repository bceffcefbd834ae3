import http, { type Agent, type IncomingMessage } from 'node:http';
import https from 'node:https';

/** A request as it is sent. */
export interface OutgoingRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
  readonly body?: string;
}

/** No answer fits more, in bytes. */
const MOST_BYTES = 2 ** 28;
/** No object of a watch is longer, in characters. */
const LONGEST_LINE = 2 ** 26;

/** Sends a request; resolves when the answer begins. The signal ends either with its reason, at any time. */
export function send(
  url: URL,
  { body = '', headers, ...options }: OutgoingRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const carrier = url.protocol === 'https:' ? https : http;
    // Without its length a body of DELETE would be sent as what follows the request.
    const length = { 'Content-Length': String(Buffer.byteLength(body)) };
    const request = carrier.request(url, { ...options, headers: { ...headers, ...length } });
    let response: IncomingMessage | null = null;
    const abort = () => {
      response?.destroy(signal.reason);
      request.destroy(signal.reason);
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort);
    request.once('close', () => signal.removeEventListener('abort', abort));
    request.on('error', reject);
    request.once('response', (answer) => {
      response = answer;
      resolve(answer);
    });
    request.end(body);
  });
}

/** The whole body. */
export async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error(`an answer has more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The lines of a body as they come; one that was not finished is not among them. */
export async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let begun: string[] = [];
  let length = 0;
  for await (const chunk of response) {
    const [first, ...more] = decoder.decode(chunk, { stream: true }).split('\n');
    begun.push(first);
    length += first.length;
    if (length > LONGEST_LINE) throw new Error(`a line has more than ${LONGEST_LINE} characters`);
    for (const next of more) {
      yield begun.join('');
      begun = [next];
      length = next.length;
    }
  }
}

/** A time limit that another signal ends too. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** From now, so many milliseconds. */
  restart(milliseconds: number): void;
  /** Lets go of the timer and the other signal. */
  end(): void;
}

/** Aborts after so many milliseconds, with a TimeoutError, or with `outer` and its reason. */
export function createDeadline(milliseconds: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  const late = () => controller.abort(new DOMException('no answer in time', 'TimeoutError'));
  const abort = () => controller.abort(outer?.reason);
  let timer = setTimeout(late, milliseconds);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    restart(milliseconds) {
      clearTimeout(timer);
      timer = setTimeout(late, milliseconds);
    },
    end() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}
