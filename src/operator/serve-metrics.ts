import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inputError } from '../errors.ts';
import type { OperatorMetrics } from './metrics.ts';

export interface ServeMetricsOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Default: all addresses of this machine. */
  readonly host?: string;
  readonly metrics: Pick<OperatorMetrics, 'text'>;
  /** What is wrong for good, so that the process should be started anew; null: nothing. */
  readonly healthy?: () => string | null;
  /** What is not there yet; null: nothing. */
  readonly ready: () => string | null;
}

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves /metrics, /healthz and /readyz (200, or 503 with what is missing).
 *
 * @throws GossipError `input` where the port cannot be listened on
 */
export async function serveMetrics(options: ServeMetricsOptions): Promise<MetricsServer> {
  const { port, host, metrics, healthy = () => null, ready } = options;
  const answers = new Map([
    ['/healthz', healthy],
    ['/readyz', ready],
  ]);
  const server = createServer((request, response) => {
    const end = (status: number, text: string) => {
      response.writeHead(status, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' });
      response.end(request.method === 'HEAD' ? undefined : text);
    };
    const path = (request.url ?? '').split('?', 1)[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, 'GET only\n');
    if (path === '/metrics') {
      metrics.text().then(
        (text) => end(200, text),
        (error) => end(500, `${error}\n`),
      );
      return;
    }
    const answer = answers.get(path);
    if (answer === undefined) return end(404, 'there are /metrics, /healthz and /readyz\n');
    const missing = answer();
    end(missing === null ? 200 : 503, `${missing ?? 'ok'}\n`);
  });
  server.listen(port, host);
  await once(server, 'listening').catch((error) => {
    throw inputError(`cannot listen on port ${port} (${error.code}); choose another`, {
      cause: error,
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
