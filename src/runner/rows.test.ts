import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inFolder } from '../cli/command.fixture.ts';
import { createDirectoryStorage } from '../storage/index.ts';
import { accepted, surroundings } from './assignment.fixture.ts';
import { playAssignment } from './play-assignment.ts';
import { spread } from './rows.ts';

test('rows are looked for everywhere, and far apart first', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(300), (first, size) => {
      const places = [...spread({ first, end: first + size })];
      assert.equal(
        places.toSorted((a, b) => a - b),
        Array.from({ length: size }, (_, index) => first + index),
      );
      // Any quarter of them is met soon.
      const soon = places.slice(0, 8);
      for (let begin = 0; size >= 16 && begin + size / 4 <= size; begin += size / 8) {
        const from = first + Math.floor(begin);
        assert.ok(soon.some((place) => place >= from && place <= from + Math.ceil(size / 4)));
      }
    }),
  );
});

test('who is not last soon sees it', () =>
  inFolder({}, async (folder) => {
    const storage = createDirectoryStorage(folder);
    const assignment = {
      ...(await accepted({ repetitions: 100 })),
      play: { on: 'memory', workers: 4 } as const,
    };
    const play = async (worker: number) => {
      let looked = 0;
      const get = (key: string) => {
        looked += Number(key.endsWith('_run.json'));
        return storage.get(key);
      };
      await playAssignment(
        assignment,
        surroundings(folder, { worker, storage: { ...storage, get } }),
      );
      return looked;
    };
    await play(0);
    await play(2);
    // Its own hundred runs, and few of three hundred others.
    const looked = await play(1);
    assert.ok(looked <= 100 + 2 * 16, String(looked));
    assert.is(await play(3), 400);
  }));

test.run();
