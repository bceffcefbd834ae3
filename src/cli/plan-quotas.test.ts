import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { json, withApiServer } from '../kubernetes/api-server.fixture.ts';
import { quotasIn } from './plan-quotas.ts';

test('quotas are those of the namespace', async () => {
  const items = [
    { metadata: { name: 'small' }, spec: { hard: { pods: '50' } } },
    { metadata: { name: 'best-effort' }, spec: { hard: { pods: '5' }, scopes: ['BestEffort'] } },
    { metadata: { name: 'urgent' }, spec: { hard: { pods: '5' }, scopeSelector: {} } },
    { metadata: { name: 'empty' } },
  ];
  const answer = json({ metadata: { resourceVersion: '1' }, items });
  await withApiServer(
    () => answer,
    async (cluster, asked) => {
      assert.equal(await quotasIn(cluster, 'team'), [
        { name: 'small', hard: { pods: '50' }, scoped: false },
        { name: 'best-effort', hard: { pods: '5' }, scoped: true },
        { name: 'urgent', hard: { pods: '5' }, scoped: true },
        { name: 'empty', hard: {}, scoped: false },
      ]);
      assert.is(asked[0].path, '/api/v1/namespaces/team/resourcequotas');
    },
  );
});

test.run();
