// node .ci/kubernetes/room.ts: Simulations that want more room than there is, on the cluster that KUBECONFIG names.
import {
  apply,
  circle,
  ended,
  idle,
  kubectl,
  leftOf,
  NAMESPACE,
  notComplete,
  remove,
  simulationOf,
  until,
} from './cluster.ts';
import { check, exitCode } from './report.ts';

const QUOTA = 50;
const PLAYED = 300;
/** What one of two takes of the quota: each fits, both do not. */
const MOST_OF_IT = 34;

await check('200 hosts in a quota of 50 pods: refused or failed in words, and no pod stays', () =>
  withQuota(async () => {
    apply(circle('circle-200', 200));
    apply(simulationOf('too-large', { name: 'circle-200' }, { startDeadlineSeconds: 20 }));
    const { status } = await ended('too-large', 60);
    const said = (status?.conditions ?? []).map(({ message }) => message).join(' ');
    const wrong: string[] = [];
    if (!['Refused', 'Failed'].includes(status?.state ?? '')) wrong.push(`it is ${status?.state}`);
    if (!/quota/i.test(said) || !said.includes('50')) wrong.push(`it does not say why: ${said}`);
    const pods = () => leftOf('too-large').filter((name) => name.startsWith('pod/'));
    await until('its pods are gone', 60, () => pods().length === 0);
    await remove('too-large');
    return wrong;
  }),
);

await check('two that fit only one after the other: both are complete', () =>
  withQuota(async () => {
    apply('examples/karate.yaml');
    const names = ['first', 'second'];
    for (const name of names) apply(simulationOf(name, { name: 'karate' }, { repetitions: 5 }));
    const wrong: string[] = [];
    const both = await Promise.all(names.map((name) => ended(name, PLAYED)));
    for (const one of both) wrong.push(...notComplete(one));
    await remove(...names);
    return wrong;
  }),
);

await check('two at once without room for either whole: both are complete', () =>
  withQuota(async () => {
    // Nobody told the operator that these pods are there: it finds out by what does not start.
    apply(idle('others', QUOTA - MOST_OF_IT - 10));
    const names = ['third', 'fourth'];
    for (const name of names)
      apply(simulationOf(name, { name: 'karate' }, { nodesPerHost: 2, startDeadlineSeconds: 15 }));
    const both = await Promise.all(names.map((name) => ended(name, PLAYED)));
    const wrong = both.flatMap(notComplete);
    kubectl(['-n', NAMESPACE, 'delete', 'job', 'others', '--cascade=foreground']);
    await remove(...names);
    return wrong;
  }),
);
process.exitCode = exitCode();

async function withQuota(action: () => Promise<string[]>): Promise<string[]> {
  apply({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'room' },
    spec: { hard: { pods: String(QUOTA) } },
  });
  try {
    return await action();
  } finally {
    kubectl(['-n', NAMESPACE, 'delete', 'resourcequota', 'room']);
  }
}
