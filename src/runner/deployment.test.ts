import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LABELS } from '../operator/names.ts';
import { partsOf, simulationResource } from './simulation.ts';

function parse(spec: object, more: object = {}) {
  return simulationResource.safeParse({
    apiVersion: 'gossip.io/v1',
    kind: 'Simulation',
    metadata: { name: 's' },
    spec: { graphSelector: { matchLabels: { name: 'g' } }, ...spec },
    ...more,
  });
}

/** What is wrong with a spec: the field, and words. */
function wrong(spec: object): string {
  const { error } = parse(spec);
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join() ?? '';
}

test('what is played and how a cluster plays it are told apart', () => {
  const { data } = parse({ repetitions: 3, deployment: 'memory', parallelism: 4, suspend: true });
  const { spec, deployment } = partsOf(data!.spec);
  assert.equal(deployment, { deployment: 'memory', parallelism: 4, suspend: true });
  assert.is(spec.repetitions, 3);
  assert.not('deployment' in spec);
});

test('a Simulation copied from a cluster, status and all, is one', () => {
  assert.ok(parse({}, { status: { state: 'Complete' } }).success);
});

test('fields that go with one deployment are refused with the other', () => {
  assert.is(wrong({ nodesPerHost: 2 }), '');
  assert.is(wrong({ nodesPerHost: 2, deployment: 'hosts' }), '');
  assert.is(wrong({ parallelism: 2, deployment: 'memory' }), '');
  assert.match(wrong({ nodesPerHost: 2, deployment: 'memory' }), /^spec.nodesPerHost: it goes/);
  assert.match(wrong({ parallelism: 2 }), /^spec.parallelism: it goes with deployment: memory/);
  assert.match(wrong({ parallelism: 2, deployment: 'hosts' }), /^spec.parallelism: it goes/);
});

test('labels and annotations cannot take what the operator finds its pods by', () => {
  for (const field of ['labels', 'annotations']) {
    for (const key of [...Object.values(LABELS), 'gossip.io/x', 'batch.kubernetes.io/job-name']) {
      assert.match(wrong({ pod: { [field]: { [key]: 'x' } } }), `spec.pod.${field}: keys that`);
    }
    for (const key of ['app.kubernetes.io/part-of', 'not-gossip.io/x', 'team']) {
      assert.is(wrong({ pod: { [field]: { [key]: 'x' } } }), '');
    }
  }
  const apparmor = 'container.apparmor.security.beta.kubernetes.io/node';
  assert.match(wrong({ pod: { annotations: { [apparmor]: 'unconfined' } } }), /keys that/);
});

test('quantities are text or whole numbers', () => {
  const requests = { cpu: 1, memory: '64Mi', 'example.com/gpu': '0' };
  const { data } = parse({ pod: { resources: { requests } } });
  assert.equal(data!.spec.pod?.resources?.requests, { ...requests, cpu: '1' });
  for (const cpu of ['', 'x', '-1', '1 Gi', '1e', 0.5, -1, true]) {
    const said = wrong({ pod: { resources: { limits: { cpu } } } });
    assert.match(said, /^spec\.pod\.resources\.limits\.cpu: a quantity is/, String(cpu));
  }
});

test('maps, lists and texts have an end', () => {
  const keys = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'x']));
  const cases: [object, RegExp][] = [
    [{ graphSelector: { matchLabels: keys(101) } }, /matchLabels: more than 100 entries/],
    [{ parameters: keys(101) }, /spec\.parameters: more than 100 entries/],
    [{ simulationProperties: keys(1001) }, /simulationProperties: more than 1000 entries/],
    [{ pod: { labels: keys(101) } }, /pod\.labels: more than 100 entries/],
    [{ pod: { nodeSelector: { ['k'.repeat(318)]: 'x' } } }, /nodeSelector.*at most 317 characters/],
    [{ pod: { labels: { k: 'x'.repeat(64) } } }, /pod\.labels\.k: /],
    [{ factor: Array(1001).fill(1) }, /spec\.factor: /],
    [{ strategies: '' }, /spec\.strategies: /],
  ];
  for (const [spec, said] of cases) assert.match(wrong(spec), said);
  assert.is(wrong({ parameters: keys(100), simulationProperties: keys(1000) }), '');
});

test.run();
