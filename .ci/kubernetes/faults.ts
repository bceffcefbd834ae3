/** What happens to clusters: each fault strikes a Simulation of a name while it is played. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MANAGER } from '../../src/operator/names.ts';
import { kubectl, NAMESPACE, read, until } from './cluster.ts';

const OPERATOR = 'app.kubernetes.io/component=operator';
const RESTART = fileURLToPath(new URL('../../../shared/kube/restart', import.meta.url));
/** How long what is away is away, in seconds. */
const AWAY = 5;

/** A fault; `strike` resolves when it has happened. */
export interface Fault {
  readonly what: string;
  strike(simulation: string): Promise<void> | void;
}

/** Those that strike one Simulation alone. */
export const OF_ONE: readonly Fault[] = [
  { what: "a host's pod is deleted", strike: (name) => killed(podsOf(name, 'host')) },
  { what: 'a host runs out of memory', strike: (name) => outOfMemory(podsOf(name, 'host')) },
  { what: 'a host is evicted', strike: (name) => evicted(podsOf(name, 'host')) },
  { what: 'the runner is killed', strike: (name) => killed(podsOf(name, 'runner')) },
  { what: 'the runner is evicted', strike: (name) => evicted(podsOf(name, 'runner')) },
];

/** Those that strike all there are. */
export const OF_ALL: readonly Fault[] = [
  { what: 'the operator is killed', strike: () => killed(OPERATOR) },
  { what: 'the leader of two operators is killed', strike: leaderOfTwoKilled },
  { what: `the API server is away for ${AWAY} s`, strike: apiServerAway },
  { what: `MinIO is away for ${AWAY} s`, strike: minioAway },
];

/** A selector of the pods of a Simulation. */
export function podsOf(simulation: string, component: string): string {
  return `gossip.io/simulation=${simulation},app.kubernetes.io/component=${component}`;
}

/** The first running pod of a selector. */
function podOf(selector: string): string {
  const running = 'status.phase=Running';
  const { items } = read<{ items: { metadata: { name: string } }[] }>(
    ...['get', 'pods', '-l', selector, '--field-selector', running],
  );
  if (items.length === 0) throw new Error(`no pod of ${selector} is running`);
  return items[0].metadata.name;
}

/** Kills the first running pod of a selector. */
export function killed(selector: string): void {
  kubectl(['-n', NAMESPACE, 'delete', 'pod', podOf(selector), '--grace-period=0', '--force']);
}

function evicted(selector: string): void {
  const name = podOf(selector);
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } };
  const path = `/api/v1/namespaces/${NAMESPACE}/pods/${name}/eviction`;
  kubectl(['create', '--raw', path, '-f', '-'], JSON.stringify(eviction));
}

/** Files in shared memory count as the container's, whose largest process is then ended. */
async function outOfMemory(selector: string): Promise<void> {
  const name = podOf(selector);
  const fill =
    'const { appendFileSync } = require("fs"); const b = Buffer.alloc(2 ** 20, 1); for (;;) appendFileSync("/dev/shm/fill", b)';
  try {
    kubectl(['-n', NAMESPACE, 'exec', name, '--', 'node', '-e', fill]);
  } catch {
    // It ends with its container, or when shared memory is full.
  }
  await until(`${name} is OOMKilled`, 30, () => {
    const { status } = read<{
      status: { containerStatuses: { state: { terminated?: { reason: string } } }[] };
    }>('get', 'pod', name);
    return status.containerStatuses[0].state.terminated?.reason === 'OOMKilled';
  });
}

/** The other goes on; in the end there is one again. */
async function leaderOfTwoKilled(): Promise<void> {
  const scale = (replicas: number) => {
    const deployment = ['deployment', 'gossip-operator'];
    kubectl(['-n', NAMESPACE, 'scale', ...deployment, `--replicas=${replicas}`]);
    kubectl(['-n', NAMESPACE, 'rollout', 'status', ...deployment, '--timeout=60s']);
  };
  scale(2);
  const { spec } = read<{ spec: { holderIdentity: string } }>('get', 'lease', MANAGER);
  // The name of its pod and eight digits.
  const leader = spec.holderIdentity.slice(0, -9);
  kubectl(['-n', NAMESPACE, 'delete', 'pod', leader, '--grace-period=0', '--force']);
  scale(1);
}

function apiServerAway(): void {
  execFileSync(RESTART, ['kube-apiserver', String(AWAY)]);
}

/** Nothing answers at its address for a while, as where its pod moves; what it stores stays. */
async function minioAway(): Promise<void> {
  const select = (app: string) =>
    kubectl([
      '-n',
      NAMESPACE,
      'set',
      'selector',
      'service',
      'minio',
      `app.kubernetes.io/name=${app}`,
    ]);
  select('nobody');
  await sleep(AWAY * 1000);
  select('minio');
}
