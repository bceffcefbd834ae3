import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Simulation } from './kinds.ts';
import { knownSimulations } from './known-simulations.ts';

const version = (resourceVersion: string, uid = 'u'): Simulation => ({
  metadata: { name: 'a', namespace: 'n', uid, resourceVersion },
});

test('what was written counts until the watch has something as new', () => {
  const watched = new Map([['n/a', version('9')]]);
  const known = knownSimulations(watched);
  known.written('n/a', version('10'));
  assert.is(known.get('n/a')?.metadata?.resourceVersion, '10');
  watched.set('n/a', version('11'));
  assert.is(known.get('n/a')?.metadata?.resourceVersion, '11');
  watched.set('n/a', version('9'));
  assert.is(known.get('n/a')?.metadata?.resourceVersion, '9', 'and is then forgotten');
});

test('what was written of one that is gone is forgotten, also where another has its name', () => {
  const watched = new Map([['n/a', version('9')]]);
  const known = knownSimulations(watched);
  known.written('n/a', version('10'));
  watched.delete('n/a');
  assert.is(known.get('n/a'), null);
  known.written('n/a', version('10'));
  watched.set('n/a', version('8', 'other'));
  assert.is(known.get('n/a')?.metadata?.uid, 'other');
});

test('a version is read once', () => {
  const known = knownSimulations(new Map([['n/a', version('9')]]));
  assert.is(known.seen('n/a'), known.seen('n/a'));
  assert.is(known.all().length, 1);
});

test.run();
