import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  averageKey,
  changesKey,
  historyKey,
  manifestKey,
  nodesKey,
  runFolder,
  runKey,
  runsCsvKey,
  summaryKey,
} from '../storage/index.ts';
import { publishedFolder, runOfKey } from './run-key.ts';

// Names that look like what a key has around them.
const word = fc.constantFrom('a', 'exec-1', 'run-2', '0', 'b-1', 'x.y', 'rounds', 'run.json');
const several = fc.integer({ min: 1, max: 3 });
const anyPlace = fc.record({
  ...{ simulation: word, folder: word, graph: word },
  ...{ execution: several, executions: several, run: several, repetitions: several },
});

test('the run of a key is the one that the key was made of', () => {
  fc.assert(
    fc.property(anyPlace, (place) => {
      const { folder, graph, simulation } = place;
      const execution = place.executions > 1 ? place.execution : 1;
      const run = place.repetitions > 1 ? place.run : 1;
      const expected = { folder, graph, simulation, execution, run };
      for (const [key, kind] of [
        [runKey(place), 'finished'],
        [summaryKey(place), 'summary'],
      ] as const) {
        const found = runOfKey(key)!;
        assert.equal({ ...found }, { ...expected, key, kind });
        assert.is(publishedFolder(found), `${runFolder(place)}/`);
      }
      for (const key of [historyKey(place), averageKey(place), changesKey(place)]) {
        assert.is(runOfKey(key), null, key);
      }
    }),
    { seed: 3 },
  );
});

test('other keys are of no run', () => {
  const folder = 'sim-1';
  const others = [manifestKey(folder), runsCsvKey(folder), nodesKey({ folder, graph: 'g' })];
  others.push('sim_summary.json', 'sim-1/sim_summary.json', 'sim-1/g/sim_run.json');
  others.push('sim-1/_gossip/sim_run.json', 'sim-1/_gossip/g/sim_summary.json', 'a/b/c/d_run.json');
  others.push('sim-1/g/rounds/run-1/sim_summary.json', 'sim-1/g/exec-1/run-/sim_summary.json', '');
  for (const key of others) assert.is(runOfKey(key), null, key);
});

test.run();
