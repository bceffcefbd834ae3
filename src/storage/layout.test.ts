import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  averageKey,
  changesKey,
  gexfKey,
  gifKey,
  historyKey,
  manifestKey,
  nodesKey,
  pngKey,
  runFolder,
  runKey,
  runsCsvKey,
  simulationFolder,
  summaryKey,
} from './index.ts';

const folder = simulationFolder('sim-wf', '0a1b2c3d');
const single = {
  simulation: 'sim-wf',
  folder,
  graph: 'holme-n10',
  execution: 1,
  executions: 1,
  run: 1,
  repetitions: 1,
};
const swept = { ...single, execution: 2, executions: 3, run: 4, repetitions: 5 };

test('exec and run are in a path only where there are several', () => {
  assert.is(folder, 'sim-wf-0a1b2c3d');
  assert.is(runFolder(single), 'sim-wf-0a1b2c3d/holme-n10');
  assert.is(runFolder({ ...single, executions: 2 }), 'sim-wf-0a1b2c3d/holme-n10/exec-1');
  assert.is(runFolder({ ...single, repetitions: 2 }), 'sim-wf-0a1b2c3d/holme-n10/run-1');
  assert.is(runFolder(swept), 'sim-wf-0a1b2c3d/holme-n10/exec-2/run-4');
});

test('the published keys', () => {
  const run = 'sim-wf-0a1b2c3d/holme-n10/exec-2/run-4';
  assert.is(summaryKey(swept), `${run}/sim-wf_summary.json`);
  assert.is(historyKey(swept), `${run}/sim-wf_node_value_history.json`);
  assert.is(gexfKey(swept, 0), `${run}/rounds/holme-n10-round-0.gexf`);
  assert.is(averageKey(swept), 'sim-wf-0a1b2c3d/holme-n10/exec-2/sim-wf_averaged_result.json');
});

test('our own keys, none below the graph’s folder', () => {
  assert.is(runKey(single), 'sim-wf-0a1b2c3d/_gossip/holme-n10/sim-wf_run.json');
  const own = [runKey(swept), changesKey(swept), nodesKey(swept), manifestKey(folder)];
  own.push(runsCsvKey(folder), gifKey(swept), pngKey(swept));
  assert.equal(own, [
    'sim-wf-0a1b2c3d/_gossip/holme-n10/exec-2/run-4/sim-wf_run.json',
    'sim-wf-0a1b2c3d/_gossip/holme-n10/exec-2/run-4/sim-wf_changes.jsonl',
    'sim-wf-0a1b2c3d/_gossip/holme-n10/nodes.csv',
    'sim-wf-0a1b2c3d/manifest.json',
    'sim-wf-0a1b2c3d/runs.csv',
    'sim-wf-0a1b2c3d/_gossip/holme-n10/exec-2/run-4/sim-wf_rounds.gif',
    'sim-wf-0a1b2c3d/_gossip/holme-n10/exec-2/run-4/sim-wf_rounds.png',
  ]);
  for (const key of own) assert.not.ok(key.startsWith('sim-wf-0a1b2c3d/holme-n10/'));
});

test('a graph cannot take the place of our own files', () => {
  for (const graph of ['runs.csv', 'manifest.json']) {
    assert.throws(() => runFolder({ ...single, graph }), new RegExp(`named "${graph}"`));
  }
});

test.run();
