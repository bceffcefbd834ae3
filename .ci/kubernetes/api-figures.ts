/** What the API server of a cluster and its operator say of their work, as Prometheus would read it. */
import { kubectl, NAMESPACE, read } from './cluster.ts';

/** Figures that only grow but for the last two. */
export interface ApiFigures {
  /** Requests by verb and resource ("POST pods"): of all clients, and of the operator. */
  readonly everybody: ReadonlyMap<string, number>;
  readonly operator: ReadonlyMap<string, number>;
  /** Seconds of CPU that the operator has used. */
  readonly cpu: number;
  /** Bytes of etcd's file: what is there, and what was there until etcd last forgot old revisions. */
  readonly stored: number;
  /** Bytes of the operator's memory (resident). */
  readonly memory: number;
}

/** The figures now. */
export function apiFigures(): ApiFigures {
  const server = kubectl(['get', '--raw', '/metrics']);
  const operator = operatorPage();
  return {
    everybody: counts(server, 'apiserver_request_total', ['verb', 'resource']),
    operator: counts(operator, 'gossip_operator_api_requests_total', ['verb', 'kind']),
    cpu: sum(operator, 'process_cpu_seconds_total'),
    stored: sum(server, 'apiserver_storage_size_bytes'),
    memory: sum(operator, 'process_resident_memory_bytes'),
  };
}

/** Bytes of the operator's memory (resident) now. */
export function operatorMemory(): number {
  return sum(operatorPage(), 'process_resident_memory_bytes');
}

/** How much more there is of each now. */
export function growth(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Map<string, number> {
  const more = [...after].map(([key, count]) => [key, count - (before.get(key) ?? 0)] as const);
  return new Map(more.filter(([, count]) => count !== 0).sort(([, a], [, b]) => b - a));
}

/** All of it together. */
export function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((a, b) => a + b, 0);
}

function operatorPage(): string {
  const { items } = read<{ items: { metadata: { name: string } }[] }>(
    ...['get', 'pods', '-l', 'app.kubernetes.io/component=operator'],
  );
  const { name } = items[0].metadata;
  return kubectl([
    'get',
    '--raw',
    `/api/v1/namespaces/${NAMESPACE}/pods/${name}:8080/proxy/metrics`,
  ]);
}

function counts(text: string, name: string, labels: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { of, value } of samples(text, name)) {
    const key = labels.map((label) => of(label)).join(' ');
    found.set(key, (found.get(key) ?? 0) + value);
  }
  return found;
}

function sum(text: string, name: string): number {
  return samples(text, name).reduce((all, { value }) => all + value, 0);
}

function samples(text: string, name: string) {
  const lines = text.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? ([^ \\n]+)`, 'gm'));
  return Array.from(lines, ([, labels = '', value]) => ({
    of: (label: string) => new RegExp(`(?:^|,)${label}="([^"]*)"`).exec(labels)?.[1] ?? '',
    value: Number(value),
  }));
}
