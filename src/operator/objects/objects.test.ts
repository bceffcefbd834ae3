import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Job } from '../../kubernetes/index.ts';
import { type DeploymentSpec, parseAssignment, simulationSpec } from '../../runner/index.ts';
import { LABELS } from '../names.ts';
import {
  assignmentOf,
  hostsJob,
  hostsService,
  type Making,
  networkPolicy,
  runnerJob,
  secretOf,
  simulationLabel,
  workersJob,
} from './index.ts';
import { resourcesOf } from './pod.ts';

const figures = (memory: string) => ({
  requests: { cpu: '10m', memory },
  limits: { memory: `1${memory}` },
});

function making(deployment: DeploymentSpec = {}, more: Partial<Making> = {}): Making {
  const spec = simulationSpec.parse({ graphSelector: { matchLabels: { series: 's' } } });
  return {
    simulation: { name: 'my.sim', namespace: 'n', uid: '1234-abcd' },
    spec: { ...spec, seed: 7 },
    deployment,
    graphs: [
      { name: 'a', sha256: 'a'.repeat(64), nodes: 20 },
      { name: 'b', nodes: 41 },
    ],
    graph: 1,
    startTime: '2026-11-23T06:07:08.900Z',
    resources: figures('48Mi'),
    runnerResources: figures('128Mi'),
    image: 'localhost/gossip:dev',
    pullPolicy: 'IfNotPresent',
    results: 's3://simulations',
    storageSecret: 'gossip-storage',
    ...more,
  };
}

const podOf = ({ spec }: Job) => spec!.template.spec!;
const ALL = (of: Making) => [hostsJob(of), runnerJob(of), workersJob(of)];

test('every pod is what the restricted Pod Security Standard admits, whatever a Simulation asks for', () => {
  const asked = {
    labels: { team: 'x', [LABELS.component]: 'runner' },
    annotations: { note: 'y' },
    priorityClassName: 'low',
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'k', operator: 'Exists' as const }],
    imagePullSecrets: [{ name: 'pull' }],
  };
  for (const job of ALL(making({ pod: asked, strategies: 'mine' }))) {
    const pod = podOf(job);
    assert.equal(pod.securityContext, {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    const [container, ...others] = pod.containers;
    assert.is(others.length, 0);
    assert.equal(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    assert.is(pod.enableServiceLinks, false);
    assert.is(pod.restartPolicy, 'Never');
    assert.is(pod.priorityClassName, 'low');
    assert.equal(pod.imagePullSecrets, [{ name: 'pull' }]);
    const { labels, annotations } = job.spec!.template.metadata!;
    assert.is(labels?.team, 'x');
    assert.is(labels?.[LABELS.component], container.name, 'the pods are known by our labels');
    assert.equal(annotations, {
      'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
      'karpenter.sh/do-not-disrupt': 'true',
      note: 'y',
    });
  }
});

test('only those that read graphs have an account, and only those know strategies and storage', () => {
  const [hosts, runner, workers] = ALL(making({ strategies: 'mine' })).map(podOf);
  assert.is(hosts.automountServiceAccountToken, false);
  assert.is(hosts.serviceAccountName, undefined);
  assert.is(hosts.volumes, undefined);
  assert.is(hosts.containers[0].envFrom, undefined);
  for (const pod of [runner, workers]) {
    assert.is(pod.automountServiceAccountToken, true);
    assert.is(pod.serviceAccountName, 'gossip-runner');
    assert.equal(
      pod.volumes?.map(({ name }) => name),
      ['assignment', 'tmp', 'strategies'],
    );
    assert.equal(pod.containers[0].envFrom, [{ secretRef: { name: 'gossip-storage' } }]);
    assert.equal(pod.containers[0].args, [
      'runner',
      '--assignment',
      '/etc/gossip/assignment.json',
      '--strategies',
      '/etc/gossip-strategies',
    ]);
  }
  assert.equal(
    podOf(runnerJob(making())).volumes?.map(({ name }) => name),
    ['assignment', 'tmp'],
  );
});

test('hosts are an Indexed Job: a pod for every so many nodes, with names by index', () => {
  const { metadata, spec } = hostsJob(making({ nodesPerHost: 4, startDeadlineSeconds: 33 }));
  assert.equal([spec?.completions, spec?.parallelism, spec?.completionMode], [11, 11, 'Indexed']);
  assert.is(spec?.podReplacementPolicy, 'Failed');
  assert.is(spec?.backoffLimit, undefined);
  assert.ok((spec?.backoffLimitPerIndex ?? 0) > 0);
  assert.is(spec?.podFailurePolicy?.rules[0].onPodConditions?.[0].type, 'DisruptionTarget');
  assert.is(spec?.template.spec?.subdomain, metadata?.name);
  const [container] = spec!.template.spec!.containers;
  assert.equal(container.args?.slice(0, 3), ['node', '--host', '0.0.0.0']);
  assert.is(container.livenessProbe, undefined, 'a busy host must not be killed');
  assert.is(container.startupProbe?.failureThreshold, 33);
  assert.equal(
    hostsService(making()).spec?.selector,
    Object.fromEntries(
      Object.entries(spec!.template.metadata!.labels!).filter(([key]) => key !== 'team'),
    ),
  );
});

test('the heap grows with what a container may take', () => {
  const heap = (job: Job) =>
    podOf(job).containers[0].env?.find(({ name }) => name === 'NODE_OPTIONS')?.value;
  assert.is(heap(hostsJob(making())), '--max-old-space-size=111');
  const pod = { resources: { limits: { memory: '2Gi' } } };
  assert.is(heap(hostsJob(making({ pod }))), '--max-old-space-size=1536');
  assert.is(
    heap(hostsJob(making({ pod: { resources: { requests: { memory: '2Gi' } } } }))),
    undefined,
  );
});

test('bad input ends a runner and workers at once', () => {
  for (const { spec } of [runnerJob(making()), workersJob(making({ parallelism: 3 }))]) {
    const [first] = spec!.podFailurePolicy!.rules;
    assert.is(first.action, 'FailJob');
    assert.equal(first.onExitCodes?.values, [2]);
  }
  assert.is(workersJob(making({ deployment: 'memory', parallelism: 3 })).spec?.completions, 3);
});

test('the Simulation owns everything but the Secret, which the policy owns', () => {
  const of = making();
  for (const { metadata } of [...ALL(of), hostsService(of), networkPolicy(of)]) {
    assert.equal(metadata?.ownerReferences, [
      {
        apiVersion: 'gossip.io/v1',
        kind: 'Simulation',
        name: 'my.sim',
        uid: '1234-abcd',
        controller: true,
      },
    ]);
    assert.is(metadata?.labels?.[LABELS.simulation], 'my.sim');
    assert.is(metadata?.labels?.[LABELS.graph], '1');
  }
  const policy = networkPolicy(of);
  const stored = { ...policy, metadata: { ...policy.metadata, uid: 'p' } };
  const secret = secretOf(of, stored, 'token');
  assert.equal(
    secret.metadata?.ownerReferences?.map(({ kind, uid }) => [kind, uid]),
    [['NetworkPolicy', 'p']],
  );
  assert.is(secret.metadata?.name, 'gossip-1234-abcd-1');
  assert.is(secret.immutable, true);
});

test('hosts are reached by their runner and each other alone, workers by nobody', () => {
  const { spec } = networkPolicy(making());
  const component = (labels?: Record<string, string>) => labels?.[LABELS.component];
  assert.is(component(spec?.podSelector?.matchLabels), 'host');
  assert.equal(
    spec?.ingress?.map(({ from, ports }) => [
      component(from?.[0].podSelector?.matchLabels),
      ports?.[0].port,
    ]),
    [
      ['runner', 50051],
      ['host', 50052],
    ],
  );
  assert.equal(networkPolicy(making({ deployment: 'memory' })).spec?.ingress, []);
});

test('an assignment is one that runners read', () => {
  for (const deployment of [
    { nodesPerHost: 4 },
    { deployment: 'memory' as const, parallelism: 3 },
  ]) {
    const assignment = assignmentOf(making(deployment));
    assert.equal(parseAssignment(JSON.stringify(assignment), 'x'), assignment);
    assert.is(assignment.timestamp, '2026-11-23-06-07-08');
    assert.is(assignment.graphs[1].sha256, null);
  }
  const { play } = assignmentOf(making({ nodesPerHost: 4 }));
  assert.equal(play, {
    on: 'hosts',
    graph: 1,
    hosts: 11,
    nodesPerHost: 4,
    job: hostsJob(making()).metadata?.name,
    service: hostsService(making()).metadata?.name,
    startDeadlineSeconds: 600,
  });
});

test('what a Simulation says of a resource stands instead of both our figures of it', () => {
  const ours = figures('48Mi');
  assert.equal(resourcesOf(ours), ours);
  assert.equal(resourcesOf(ours, { requests: { memory: '1Gi' } }), {
    requests: { cpu: '10m', memory: '1Gi' },
    limits: {},
  });
  assert.equal(resourcesOf(ours, { limits: { memory: '9Mi', cpu: '1' } }), {
    requests: {},
    limits: { memory: '9Mi', cpu: '1' },
  });
});

test('names that are no label are cut, and stay apart', () => {
  const long = 'x'.repeat(63);
  assert.is(simulationLabel(long), long);
  const labels = [`${long}a`, `${long}b`].map(simulationLabel);
  assert.is.not(labels[0], labels[1]);
  assert.ok(labels.every((label) => label.length <= 63));
});

test.run();
