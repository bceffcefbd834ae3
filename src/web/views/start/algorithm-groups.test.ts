import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { algorithmGroups } from './algorithm-groups.ts';

test('algorithms that differ in memory alone stand together', () => {
  const names = ['a', 'a_memory', 'a_complex_memory', 'b', 'c_memory'];
  const strategies = names.map((name) => ({ name, summary: `${name}!`, knows: 'nothing' }));
  const rows = algorithmGroups(strategies).map(
    ({ name, summary, plain, memory, complexMemory }) => [
      name,
      summary,
      plain,
      memory,
      complexMemory,
    ],
  );
  assert.equal(rows, [
    ['a', 'a!', 'a', 'a_memory', 'a_complex_memory'],
    ['b', 'b!', 'b', null, null],
    ['c_memory', 'c_memory!', 'c_memory', null, null],
  ]);
});

test.run();
