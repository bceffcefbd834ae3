import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { acceptance, BEGIN, simulation, started, world } from './decide.fixture.ts';

const NO_GRAPH = { accepted: false, reason: 'NoGraph', message: 'matches no Graph' } as const;
const condition = (all: ReturnType<typeof world>) =>
  all.get().status.conditions?.find(({ type }) => type === 'Accepted');

test('one that cannot be played says why, and is looked at again, less and less often', () => {
  const all = world(simulation('a'));
  const { happening } = all.look({ acceptance: NO_GRAPH });
  assert.equal(happening, { type: 'Warning', reason: 'NoGraph', message: 'matches no Graph' });
  const { state, progress } = all.get().status;
  assert.equal([state, progress], ['Refused', 'matches no Graph']);
  assert.is(condition(all)?.status, 'False');
  const pauses = [];
  for (const seconds of [0, 2, 8, 50, 1000, -2000]) {
    all.wait(seconds);
    const { again, happening: told } = all.look({ acceptance: NO_GRAPH });
    pauses.push(again);
    assert.is(told, undefined);
  }
  assert.equal(pauses, [2000, 2000, 5000, 30_000, 60_000, 2000]);
  all.look({ acceptance: acceptance(3) });
  assert.is(all.get().status.state, 'Queued');
  assert.is(condition(all)?.status, 'True');
});

test('the seed of the spec is taken before a drawn one', () => {
  const { asked } = simulation('a');
  if (typeof asked === 'string') throw new Error(asked);
  const all = world(simulation('a', {}, { asked: { ...asked, spec: { ...asked.spec, seed: 0 } } }));
  all.look({ acceptance: acceptance(3) });
  assert.is(all.get().status.seed, 0);
});

test('a spec that cannot be read is refused in words', () => {
  const all = world(simulation('a', {}, { asked: 'spec.x: unknown field' }));
  all.look();
  assert.equal(
    [condition(all)?.reason, all.get().status.progress],
    ['InvalidSpec', 'spec.x: unknown field'],
  );
});

const installed = (seconds: number) => new Date(BEGIN + seconds * 1000).toISOString();
for (const [what, installedAt, more, isPlayed] of [
  ['one from before the installation is not played', installed(1), {}, false],
  ['one from after it is', installed(-1), {}, true],
  ['nor does one of the same second count as before', installed(0), {}, true],
  ['one from before is, where an annotation says so', installed(1), { mayPlay: true }, true],
  ['all are, where nobody knows of an installation', null, {}, true],
] as const) {
  test(what, () => {
    const all = world(simulation('a', {}, more), { installedAt });
    const { happening } = all.look({ acceptance: acceptance(3) });
    assert.is(all.get().status.state, isPlayed ? 'Queued' : 'Refused');
    if (isPlayed) return;
    assert.is(condition(all)?.reason, 'FoundBeforeInstallation');
    assert.is(happening?.type, 'Normal');
    all.edit({ mayPlay: true });
    all.look({ acceptance: acceptance(3) });
    assert.is(all.get().status.state, 'Queued');
  });
}

test('one that was accepted before the operator was installed anew plays on', () => {
  const all = world(simulation('a'), { installedAt: installed(-1) });
  all.look({ acceptance: acceptance(3) });
  const decision = all.decide({ installedAt: installed(100) });
  assert.is(decision.make, 0);
  all.edit({ status: { conditions: all.get().status.conditions } });
  all.look({ acceptance: acceptance(3) }, { installedAt: installed(100) });
  assert.is(all.get().status.state, 'Queued', 'also where the rest of its status is lost');
});

test('one that has pods is no one found before the installation, even where its status is lost', () => {
  const all = started([3]);
  all.edit({ status: {} });
  all.look({ acceptance: acceptance(3) }, { installedAt: installed(100) });
  assert.is(all.get().status.state, 'Starting');
});

test.run();
