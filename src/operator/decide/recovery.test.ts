import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { acceptance, BEGIN, over, simulation, started, world } from './decide.fixture.ts';

const suspend = (all: ReturnType<typeof world>, value: boolean) => {
  const { asked } = all.get();
  if (typeof asked === 'string') throw new Error(asked);
  all.edit({ asked: { ...asked, deployment: { suspend: value } } });
};

test('an operator that ended between status and objects makes them', () => {
  const all = started([3]);
  all.removeJob('runner');
  assert.is(all.decide().make, 0);
  all.removeJob('hosts');
  assert.is(all.decide().make, 0);
});

test('hosts or a runner that somebody removed are made again while it plays', () => {
  const all = started([3]);
  all.setReady();
  all.look();
  all.removeJob('hosts');
  all.look();
  assert.equal(all.calls, ['make 0', 'make 0']);
  assert.is(all.get().status.state, 'Running');
});

test('nothing is made under the name of what is being removed', () => {
  const all = started([3]);
  all.setJob('hosts', {}, { going: true });
  all.removeJob('runner');
  assert.is(all.decide().make, undefined);
  all.removeJob('hosts');
  assert.is(all.decide().make, 0);
});

test('an operator that ended after the last run, before it said so, says so', () => {
  const all = started([3]);
  all.setJob('runner', over('Complete'));
  all.removeJob('hosts');
  all.look();
  assert.is(all.get().status.state, 'Complete');
});

test('pods that are left after the end go', () => {
  const all = started([3]);
  const { status } = all.get();
  all.edit({ status: { ...status, state: 'Complete' } });
  all.look();
  assert.equal(all.jobs(), []);
  all.settle();
});

test('hosts that are left after the end go, and a runner that has ended stays for its log', () => {
  const all = started([3]);
  all.edit({ status: { ...all.get().status, state: 'Complete' } });
  all.setJob('runner', over('Complete'));
  all.settle();
  assert.equal(
    all.jobs().map((name) => name.endsWith('-runner')),
    [true],
  );
});

test('a status that was lost is found again from the Jobs: the same seed, the same graph, the same beginning', () => {
  const all = started([3, 3, 3]);
  all.setJob('runner', over('Complete'));
  all.look();
  all.look();
  const before = all.get().status;
  all.wait(50);
  all.edit({ status: {} });
  all.look({ acceptance: acceptance(3, 3, 3) }, { drawnSeed: 99 });
  const { seed, startTime, graphs, state } = all.get().status;
  assert.equal(
    [seed, startTime, graphs, state],
    [7, before.startTime, { done: 1, total: 3 }, 'Starting'],
  );
  all.settle();
  assert.equal(all.calls, ['make 0', 'remove 0: hosts policy', 'make 1'], 'nothing is made twice');
});

test('a seed that is known stays where the rest of a status is lost', () => {
  const all = world(simulation('a', {}, { status: { seed: 5 } }));
  all.look({ acceptance: acceptance(3) });
  assert.is(all.get().status.seed, 5);
  assert.is(all.get().status.startTime, new Date(BEGIN).toISOString());
});

test('a state that was edited back to Queued begins again, without a second set of pods', () => {
  const all = started([3]);
  all.edit({ status: { ...all.get().status, state: 'Queued' } });
  all.settle();
  assert.equal(all.calls, ['make 0', 'remove 0: hosts runner', 'make 0']);
  assert.is(all.get().status.state, 'Starting');
});

test('a count of graphs that was edited beyond the last plays the last', () => {
  const all = started([3]);
  all.edit({ status: { ...all.get().status, graphs: { done: 9, total: 1 } } });
  all.look();
  assert.is(all.get().status.state, 'Starting');
});

test('suspended, it lets its pods go; resumed, it starts again', () => {
  const all = started([3]);
  all.setReady();
  all.look();
  suspend(all, true);
  all.look();
  const { state, hosts, seed } = all.get().status;
  assert.equal([state, hosts, seed], ['Suspended', undefined, 7]);
  assert.equal(all.jobs(), []);
  suspend(all, false);
  all.look();
  assert.is(all.get().status.state, 'Starting');
  assert.equal(all.calls, ['make 0', 'remove 0: hosts runner', 'make 0']);
});

test('suspended from the beginning, it is accepted and makes nothing', () => {
  const all = world(simulation('a', { suspend: true }));
  all.settle({ acceptance: acceptance(3) });
  assert.is(all.get().status.state, 'Suspended');
  assert.equal(all.calls, []);
});

test('resumed at once, it waits until the pods are gone', () => {
  const all = started([3]);
  suspend(all, true);
  const { status } = all.decide();
  all.edit({ status: status ?? {} });
  for (const kind of ['hosts', 'runner'] as const) all.setJob(kind, {}, { going: true });
  suspend(all, false);
  const { make, removals } = all.decide();
  assert.equal([make, removals], [undefined, []], 'what is being removed is not removed again');
});

test('a run that ends while it is being suspended is complete', () => {
  const all = started([3]);
  suspend(all, true);
  all.setJob('runner', over('Complete'));
  all.look();
  assert.is(all.get().status.state, 'Complete');
});

test('a spec that this version cannot read ends what was accepted by another', () => {
  const all = started([3]);
  all.edit({ asked: 'spec.x: unknown field' });
  all.look();
  assert.equal(
    [all.get().status.state, all.get().status.progress],
    ['Failed', 'spec.x: unknown field'],
  );
  assert.equal(all.jobs(), []);
});

test.run();
