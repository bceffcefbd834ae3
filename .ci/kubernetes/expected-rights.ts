/** All that the accounts may do in their namespace, beside what every account may. */
export const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  'gossip-operator': [
    'deployments.apps/gossip-operator: get',
    'events: create list patch',
    'graphs.gossip.io: get list',
    'jobs.batch: create delete get list patch watch',
    'leases.coordination.k8s.io/gossip-operator: get update',
    'leases.coordination.k8s.io: create',
    'networkpolicies.networking.k8s.io: create delete get patch',
    'pods: get list',
    'resourcequotas: list',
    'secrets: create',
    'services: create delete get patch',
    'simulations.gossip.io/status: get patch update',
    'simulations.gossip.io: get list watch',
  ],
  'gossip-runner': ['graphs.gossip.io: get'],
  default: [],
};

/** What must be refused: the account, and what it asks for. */
export const DENIED: readonly (readonly [account: string, ...asked: string[]])[] = [
  ['gossip-operator', 'get', 'secrets'],
  ['gossip-operator', 'list', 'secrets'],
  ['gossip-operator', 'delete', 'secrets'],
  ['gossip-operator', 'get', 'secrets/gossip-storage'],
  ['gossip-operator', 'update', 'simulations.gossip.io'],
  ['gossip-operator', 'get', 'deployments.apps/minio'],
  ['gossip-operator', 'create', 'pods'],
  ['gossip-operator', 'create', 'pods', '--subresource=exec'],
  ['gossip-operator', 'create', 'rolebindings.rbac.authorization.k8s.io'],
  ['gossip-operator', 'list', 'nodes'],
  ['gossip-runner', 'list', 'graphs.gossip.io'],
  ['gossip-runner', 'get', 'secrets'],
  ['gossip-runner', 'get', 'secrets/gossip-storage'],
  ['gossip-runner', 'get', 'pods'],
  ['gossip-runner', 'get', 'simulations.gossip.io'],
  ['default', 'get', 'graphs.gossip.io'],
  ['default', 'get', 'secrets'],
];
