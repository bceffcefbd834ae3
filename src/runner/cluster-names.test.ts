import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clusterDomain, hostNames } from './cluster-names.ts';

test("the cluster's domain is what follows svc. in the search line", () => {
  const of = (...lines: string[]) => clusterDomain(lines.join('\n'));
  const usual = 'search sim.svc.cluster.local svc.cluster.local cluster.local example.org';
  assert.is(of(usual, 'nameserver 10.96.0.10', 'options ndots:5'), 'cluster.local');
  assert.is(
    of('search a.svc.k8s.example.org svc.k8s.example.org k8s.example.org'),
    'k8s.example.org',
  );
  assert.is(of('# search svc.no', '\tsearch\tb.svc.x  svc.x. x\r', ''), 'x');
  assert.is(of('search svc.one', 'search svc.two'), 'two', 'the last one counts');
  assert.is(of('search svc.svc.c.l svc.c.l c.l'), 'c.l', 'a namespace called svc');
  assert.is(of('nameserver 1.1.1.1', 'search example.org svcs.example.org'), 'cluster.local');
  assert.is(of(''), 'cluster.local');
});

test('names of hosts are absolute', () => {
  const pods = { job: 'sim-1a-g0', service: 'sim-1a-g0', namespace: 'lab' };
  assert.equal(hostNames(pods, 2, 'c.l'), [
    'sim-1a-g0-0.sim-1a-g0.lab.svc.c.l.',
    'sim-1a-g0-1.sim-1a-g0.lab.svc.c.l.',
  ]);
});

test.run();
