import type { ClusterNeeds } from './needs-cluster.ts';
import { bytesText, coresText, manyText } from './needs-text.ts';
import { quantityOf } from './quantity.ts';

/** What there is room for; what is not given has no limit. */
export interface Limits {
  /** Hosts or workers that one simulation may have at once. */
  readonly hosts?: number;
  /** Pods in all, the runner's included. */
  readonly pods?: number;
  /** How many machines there are; as many as 110 pods each ask for, if not given. Only times go by it. */
  readonly machines?: number;
  /** Cores. */
  readonly cpu?: number;
  /** Bytes. */
  readonly memory?: number;
  /** The ResourceQuotas of the namespace. Those with scopes are passed over, since they may not mean our pods. */
  readonly quotas?: readonly Quota[];
}

/** What a ResourceQuota says. */
export interface Quota {
  readonly name: string;
  /** spec.hard */
  readonly hard: Readonly<Record<string, string>>;
  /** Whether it has scopes or a scopeSelector. */
  readonly scoped?: boolean;
}

/** The data of a Secret is at most so large, in bytes. */
const LARGEST_SECRET = 2 ** 20;
/** A Job with indexes has at most so many pods. */
const MOST_PODS_OF_A_JOB = 100_000;

/** What does not fit into a cluster, a sentence each without its end; [] where all does. */
export function misfits(cluster: ClusterNeeds, limits: Limits): string[] {
  const { hosts, pods, cpu, memory, quotas = [] } = limits;
  const bounds: Bound[] = [
    { resource: 'holders', most: hosts, says: 'at most', allowed: 'are allowed' },
    { resource: 'holders', most: MOST_PODS_OF_A_JOB, says: 'a Job of Kubernetes has at most' },
    { resource: 'secret', most: LARGEST_SECRET, says: 'a Secret holds' },
    { resource: 'pods', most: pods, says: 'there is room for' },
    { resource: 'requests.cpu', most: cpu, says: 'there are' },
    { resource: 'requests.memory', most: memory, says: 'there are' },
  ];
  for (const { name, hard, scoped = false } of quotas) {
    if (scoped) continue;
    for (const [resource, text] of Object.entries(hard)) {
      const most = quantityOf(text) ?? undefined;
      const allowed = resource === 'pods' ? '' : `(${resource})`;
      bounds.push({ resource, most, says: `the ResourceQuota ${name} allows`, allowed });
    }
  }
  return bounds.flatMap((bound) => problemOf(cluster, bound));
}

/** How much of something there may be; undefined: any number. */
interface Bound {
  readonly resource: string;
  readonly most: number | undefined;
  readonly says: string;
  readonly allowed?: string;
}

/** What is needed of something, and how that is said. */
interface Need {
  readonly amount: number;
  readonly text: (amount: number) => string;
  readonly verb: string;
  /** What would need no more than an amount. */
  readonly instead?: (most: number) => string;
}

function problemOf(cluster: ClusterNeeds, { resource, most, says, allowed = '' }: Bound): string[] {
  const need = needOf(cluster, resource);
  if (need === null || most === undefined || need.amount <= most) return [];
  const { amount, text, verb, instead } = need;
  const better = instead === undefined ? '' : `: ${instead(most)}`;
  return [`it ${verb} ${text(amount)}, and ${`${says} ${text(most)} ${allowed}`.trim()}${better}`];
}

/** What is needed of a resource as ResourceQuotas name them, or as we do; null: nothing that is limited. */
function needOf(cluster: ClusterNeeds, resource: string): Need | null {
  const { holders, runner, nodes, pods, requests, limits, objects, secretBytes } = cluster;
  const others = runner === null ? 0 : 1;
  const fewer = (most: number) => {
    if (most - others < 1) return 'it cannot be played there';
    if (runner === null) return `give parallelism: ${most} or less`;
    return `give nodesPerHost: ${Math.ceil(nodes / (most - others))} or more`;
  };
  const counted = (amount: number, one: string, instead?: Need['instead']): Need => ({
    ...{ amount, verb: 'needs', instead },
    text: (count) => manyText(count, one),
  });
  const asked = (amount: number | null, text: Need['text'], verb: string): Need | null =>
    amount === null ? null : { amount, text, verb };
  switch (resource) {
    case 'holders':
      return counted(holders.count, runner === null ? 'worker' : 'host', (most) =>
        fewer(most + others),
      );
    case 'pods':
      return counted(pods, 'pod', fewer);
    case 'count/pods':
      return counted(objects.Pod, 'pod', fewer);
    case 'secret':
      return {
        ...{ amount: secretBytes, text: bytesText, verb: 'names graphs in a Secret of' },
        instead: () => 'make several Simulations of it',
      };
    case 'cpu':
    case 'requests.cpu':
      return asked(requests.cpu, coresText, 'asks for');
    case 'limits.cpu':
      return asked(limits.cpu, coresText, 'may take');
    case 'memory':
    case 'requests.memory':
      return asked(requests.memory, bytesText, 'asks for a memory of');
    case 'limits.memory':
      return asked(limits.memory, bytesText, 'may take a memory of');
    case 'services':
    case 'count/services':
      return counted(objects.Service, 'Service');
    case 'secrets':
    case 'count/secrets':
      return counted(objects.Secret, 'Secret');
    case 'count/jobs.batch':
      return counted(objects.Job, 'Job');
    default:
      return null;
  }
}
