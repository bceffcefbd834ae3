// node .ci/kubernetes/moving.ts: Simulations that were there before the operator of deploy/try, with finalizers of another
// one, on the cluster that KUBECONFIG names: they are not played until somebody says so, and the commands of
// docs/kubernetes.md let them be played and deleted.
import { setTimeout as sleep } from 'node:timers/promises';
import { apply, ended, kubectl, NAMESPACE, notComplete, simulation, until } from './cluster.ts';
import { documented } from './documented.ts';
import { check, exitCode } from './report.ts';

const KARATE = 'examples/karate.yaml';
const FINALIZER = 'example.org/of-an-operator-that-is-gone';
const SOON = 30;
const PLAYED = 300;
/** Times of creation are whole seconds. */
const SECOND = 1100;

/** By another operator, with its finalizer. */
function before(name: string): object {
  return {
    apiVersion: 'gossip.io/v1',
    kind: 'Simulation',
    metadata: { name, finalizers: [FINALIZER] },
    spec: { graphSelector: { matchLabels: { name: 'karate' } }, nodesPerHost: 17 },
  };
}

kubectl(['-n', NAMESPACE, 'delete', 'deployment', 'gossip-operator', '--cascade=foreground']);
apply(KARATE, before('kept'), before('played'));
await sleep(SECOND);
kubectl(['apply', '-k', 'deploy/try']);
kubectl(['-n', NAMESPACE, 'rollout', 'status', 'deployment/gossip-operator']);

await check('Simulations from before are not played, and say why', async () => {
  const isTold = (name: string) => {
    const { conditions = [] } = simulation(name).status ?? {};
    return conditions.some(
      ({ type, status, reason }) =>
        type === 'Accepted' && status === 'False' && reason === 'FoundBeforeInstallation',
    );
  };
  await until('both are found', SOON, () => isTold('kept') && isTold('played'));
  return [];
});
await check('the annotation lets one be played', async () => {
  kubectl(['-n', NAMESPACE, 'annotate', 'simulation', 'played', 'gossip.io/play=true']);
  let last = simulation('played');
  await until('it begins', SOON, () => {
    last = simulation('played');
    return last.status?.state !== 'Refused';
  });
  return notComplete(await ended('played', PLAYED));
});
await check('the documented commands remove the finalizers, and deletion ends', async () => {
  kubectl(['-n', NAMESPACE, 'delete', 'simulation', 'kept', '--wait=false']);
  documented('docs/kubernetes.md', 'Finalizers that are left');
  const wrong = kubectl(['get', 'simulations', '-A', '-o', 'jsonpath={..finalizers}']);
  await until('the deletion ends', SOON, () => {
    const args = ['-n', NAMESPACE, 'get', 'simulation', 'kept', '--ignore-not-found', '-o', 'name'];
    return kubectl(args) === '';
  });
  kubectl(['-n', NAMESPACE, 'delete', 'simulation', 'played', `--timeout=${SOON}s`]);
  return wrong === '' ? [] : [`finalizers: ${wrong}`];
});
process.exitCode = exitCode();
