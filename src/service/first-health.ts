import type { Http2ServerResponse } from 'node:http2';
import type { Handler } from './one-port.ts';

/** How grpc.health.v1.Health/Check asks after the whole process: an empty message, in gRPC's frame of five bytes. */
const EMPTY = '0000000000';
/** HealthCheckResponse with this status, in its frame. */
const SERVING = Buffer.from('00000000020801', 'hex');
const NOT_SERVING = Buffer.from('00000000020802', 'hex');

/**
 * Answers gRPC's question whether the process is up, and leaves all else to the handler that `load` gives, which is loaded
 * when somebody asks for it: hosts are started by the hundred, and the first to call each of them is a kubelet, with this
 * question.
 */
export function firstHealth(load: () => Promise<Handler>, isServing: () => boolean): Handler {
  let loaded: Handler | null = null;

  async function leave(...[request, response]: Parameters<Handler>): Promise<void> {
    loaded ??= await load();
    loaded(request, response);
  }

  return (request, response) => {
    if (loaded !== null) return loaded(request, response);
    if (!isCheck(request)) return void leave(request, response);
    request.once('readable', () => {
      const head: Buffer | null = request.read();
      if (head?.toString('hex') === EMPTY) {
        return answer(response as Http2ServerResponse, isServing());
      }
      if (head !== null) request.unshift(head);
      void leave(request, response);
    });
  };
}

function isCheck({ httpVersionMajor, url, headers }: Parameters<Handler>[0]): boolean {
  return (
    httpVersionMajor === 2 &&
    url === '/grpc.health.v1.Health/Check' &&
    /^application\/grpc(\+proto)?$/.test(headers['content-type'] ?? '')
  );
}

function answer(response: Http2ServerResponse, isServing: boolean): void {
  response.writeHead(200, { 'content-type': 'application/grpc+proto' });
  response.addTrailers({ 'grpc-status': '0' });
  response.end(isServing ? SERVING : NOT_SERVING);
}
