import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Aggregate, Memory, Schedule } from './gen/gossip/v1/host_pb.ts';
import { AGGREGATE_CODES, MEMORY_CODES, SCHEDULE_CODES, wordOf } from './protocol-enums.ts';

for (const [name, codes, all] of [
  ['aggregates', AGGREGATE_CODES, Aggregate],
  ['schedules', SCHEDULE_CODES, Schedule],
  ['memories', MEMORY_CODES, Memory],
] as const) {
  test(`${name}: each code but the unspecified one has a word, which leads back to it`, () => {
    const known: Readonly<Record<string, number>> = codes;
    for (const code of Object.values(all)) {
      const word = wordOf(known, code);
      if (code === 0) assert.is(word, undefined);
      else assert.is(known[word!], code);
    }
    assert.is(Object.keys(known).length, Object.keys(all).length - 1);
    assert.is(wordOf(known, 1000), undefined);
  });
}

test.run();
