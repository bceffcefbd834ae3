import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event, Job, Pod } from '../kubernetes/index.ts';
import { explain as explainStates } from './explain.ts';
import { podState } from './why-pod.ts';

const explain = (job: Job, pods: Pod[], events: Event[]) =>
  explainStates(job, pods.map(podState), events);

const JOB = { spec: { completions: 4, template: {} } };
let made = 0;

function pod(status: Pod['status'], index = made): Pod {
  made++;
  return {
    metadata: {
      name: `p-${made}`,
      annotations: { 'batch.kubernetes.io/job-completion-index': String(index) },
      creationTimestamp: new Date(made * 1000).toISOString(),
    },
    status,
  };
}

const event = (message: string, seconds = 0): Event => ({
  metadata: {},
  involvedObject: {},
  reason: 'FailedCreate',
  message,
  lastTimestamp: new Date(seconds * 1000).toISOString(),
});

const container = (state: object) => ({
  phase: 'Pending',
  containerStatuses: [
    { name: 'host', image: '', imageID: '', ready: false, restartCount: 0, state },
  ],
});
const READY = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
const UNSCHEDULED = {
  phase: 'Pending',
  conditions: [
    {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message:
        '0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found.',
    },
  ],
};

test('pods that a quota does not let be made, beside those that find no machine', () => {
  const quota = (name: string) =>
    `Error creating: pods "${name}" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1`;
  const events = [
    event(`(combined from similar events): ${quota('x-3-abcde')}`, 2),
    event('Error creating: something older', 1),
  ];
  assert.is(
    explain(JOB, [pod(READY), pod(UNSCHEDULED)], events),
    '2: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1; 1: not scheduled: 0/1 nodes are available: 1 Insufficient cpu',
  );
});

for (const [what, status, words] of [
  [
    'an image that cannot be pulled',
    container({
      waiting: { reason: 'ErrImageNeverPull', message: 'Container image "x" is not present' },
    }),
    'ErrImageNeverPull: Container image "x" is not present',
  ],
  [
    'too little memory',
    container({ terminated: { reason: 'OOMKilled', exitCode: 137 } }),
    'OOMKilled: it needed more memory than its limit',
  ],
  [
    'a process that ended, by its last line',
    container({ terminated: { reason: 'Error', exitCode: 1, message: 'first\nthe last\n' } }),
    'Error (exit code 1): the last',
  ],
  [
    'a pod that is being made',
    container({ waiting: { reason: 'ContainerCreating' } }),
    'being started',
  ],
  ['one that does not answer', { phase: 'Running' }, 'started, but does not answer yet'],
  [
    'an eviction',
    { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
    'Evicted: The node was low on resource: memory.',
  ],
] as const) {
  test(what, () => {
    const one = { spec: { completions: 1, template: {} } };
    assert.is(explain(one, [pod(status as Pod['status'])], []), `1: ${words}`);
  });
}

test('of a pod and its replacement the younger counts', () => {
  const one = { spec: { completions: 1, template: {} } };
  const failed = pod(container({ terminated: { reason: 'OOMKilled', exitCode: 137 } }), 5);
  const second = pod(UNSCHEDULED, 5);
  assert.match(explain(one, [second, failed], []), /^1: not scheduled/);
});

test('of a Job that has failed, the pods that did are told of, not those that were removed with them', () => {
  const failed = { ...JOB, status: { conditions: [{ type: 'Failed', status: 'True' }] } };
  const oom = container({ terminated: { reason: 'OOMKilled', exitCode: 137 } });
  const told = container({ terminated: { reason: 'Error', exitCode: 143 } });
  const pods = [pod({ ...oom, phase: 'Failed' }), pod(told)];
  assert.is(explain(failed, pods, []), '1: OOMKilled: it needed more memory than its limit');
});

test('it is never empty, and never endless', () => {
  assert.is(
    explain({ spec: { completions: 1, template: {} } }, [pod(READY)], []),
    'nothing is known of why',
  );
  const many = Array.from({ length: 50 }, (_, index) =>
    pod(container({ waiting: { reason: `Reason${index}`, message: 'x'.repeat(5000) } })),
  );
  const text = explain({ spec: { completions: 50, template: {} } }, many, []);
  assert.ok(text.length < 2000);
  assert.match(text, /and more$/);
});

test.run();
