import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DEPLOYMENT, JOB, type Pod } from '../kubernetes/index.ts';
import { clusterFixture } from '../operator/cluster.fixture.ts';
import { LABELS, MANAGER } from '../operator/names.ts';
import { fetchPod, templateOf, troubleOf } from './on-kubernetes-pod.ts';

const { signal } = new AbortController();
const SIMULATION = { name: 'sim', uid: 'uid-of-sim' };

function containers(image: string, secret?: string) {
  const envFrom = secret === undefined ? [] : [{ secretRef: { name: secret } }];
  return { containers: [{ name: 'c', image, envFrom }] };
}

const operator = (namespace: string) => ({
  metadata: {
    ...{ name: 'gossip-operator', namespace },
    labels: { [LABELS.name]: 'gossip', [LABELS.component]: 'operator' },
  },
  spec: { selector: {}, template: { spec: containers('operators:1') } },
});

const job = (name: string, uid: string, spec: object) => ({
  metadata: {
    ...{ name, namespace: 'n', labels: { [LABELS.managedBy]: MANAGER } },
    ownerReferences: [{ apiVersion: 'gossip.io/v1', kind: 'Simulation', name: 'x', uid }],
  },
  spec: { template: { spec: { ...spec } } },
});

test('the pod that fetches is as those that played, or has the image of the operator', async () => {
  const cluster = clusterFixture();
  const template = () => templateOf([SIMULATION], cluster, 'n', signal);
  try {
    await template();
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, /nothing in the cluster says which image/);
  }
  cluster.put(DEPLOYMENT, operator('elsewhere'));
  assert.is((await template()).image, 'operators:1');
  cluster.put(JOB, job('others', 'uid-of-other', containers('others:1', 'theirs')));
  cluster.put(JOB, job('hosts', SIMULATION.uid, containers('hosts:1')));
  assert.is((await template()).image, 'operators:1');
  const where = { nodeSelector: { disk: 'fast' }, imagePullSecrets: [{ name: 'pull' }] };
  cluster.put(JOB, job('runner', SIMULATION.uid, { ...where, ...containers('mine:1', 'store') }));
  const pod = fetchPod('p', 'n', [SIMULATION], await template());
  assert.equal(
    [pod.spec?.containers[0].image, pod.spec?.containers[0].envFrom, pod.spec?.nodeSelector],
    ['mine:1', [{ secretRef: { name: 'store' } }], where.nodeSelector],
  );
  assert.equal(pod.metadata?.ownerReferences?.[0], {
    ...{ apiVersion: 'gossip.io/v1', kind: 'Simulation' },
    ...SIMULATION,
  });
});

test('why a pod does not run is told in words of Kubernetes', () => {
  const trouble = (status: Pod['status']) => troubleOf({ status });
  assert.is(trouble({}), null);
  const waiting = { reason: 'ErrImagePull', message: 'no such image' };
  assert.is(
    trouble({
      conditions: [{ type: 'Ready', status: 'False', message: 'containers with unready status' }],
      containerStatuses: [
        {
          ...{ name: 'fetch', image: '', imageID: '', ready: false, restartCount: 0 },
          state: { waiting },
        },
      ],
    }),
    'ErrImagePull: no such image',
  );
  const message = '0/1 nodes are available: 1 Insufficient cpu.';
  assert.is(
    trouble({
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    }),
    `Unschedulable: ${message}`,
  );
  assert.is(trouble({ reason: 'Evicted' }), 'Evicted');
});

test.run();
