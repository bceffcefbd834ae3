import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, connectKubernetes, openCluster } from './index.ts';

/** A request as a scripted API server saw it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a scripted API server does with a request. */
export type Answer = (response: ServerResponse, asked: Asked) => void;

/** An object of JSON. */
export const json =
  (value: object, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };

/** A Status, as the API server says what is wrong. */
export const status = (code: number, reason: string, message = 'said by a test'): Answer =>
  json({ kind: 'Status', code, reason, message }, code);

/** Half an answer, and a connection that is no more. Where there is no answer at all, Deno asks again of its own. */
export const cut: Answer = (response) => {
  response.writeHead(200, { 'Content-Length': '100' });
  response.write('{');
  setTimeout(() => response.destroy(), 5);
};

/** For tests: an API server that answers each request as `answer` says, and a cluster that asks it. */
export async function withApiServer(
  answer: (asked: Asked) => Answer,
  use: (cluster: Cluster, asked: readonly Asked[]) => Promise<void>,
): Promise<void> {
  const all: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://test');
    const asked = { method: request.method ?? '', path, query, headers: request.headers, body };
    all.push(asked);
    answer(asked)(response, asked);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), 'gossip-kubernetes-'));
  const KUBECONFIG = join(folder, 'config');
  writeFileSync(KUBECONFIG, kubeConfig(`http://127.0.0.1:${port}`));
  const connection = await connectKubernetes({ KUBECONFIG });
  try {
    await use(openCluster(connection, { fieldManager: 'gossip-test' }), all);
  } finally {
    connection.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  }
}

/** A kubeconfig file of one cluster, whose user has the token `secret`. */
export function kubeConfig(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: { token: 'secret\n' } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', namespace: 'home' } }],
    'current-context': 'x',
  });
}
