import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createDirectoryStorage, type RunRow } from '../storage/index.ts';
import { createTimings, type RunTiming } from './timings.ts';

const TIMING: RunTiming = {
  processes: 4,
  nodesPerHost: 1,
  runsAtOnce: 1,
  wallSeconds: 0.5,
  exchangesPerSecond: 1234.5,
  latencyP50: 1.5,
  latencyP99: null,
  bytes: 99,
  retries: 3,
  replays: 1,
};
const HEADER =
  'graph,execution,run,processes,nodes_per_host,runs_at_once,wall_seconds,exchanges_per_second,latency_p50_ms,latency_p99_ms,bytes,retries,replays';

const row = (run: number) => ({ graph: 'karate', execution: 1, run }) as RunRow;
const line = (run: number, bytes = 99) => `karate,1,${run},4,1,1,0.500000,1235,1.500,,${bytes},3,1`;

test('a line a run: lines of before stay, a run that is played again has its line replaced', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-'));
  const text = () => readFileSync(join(folder, 'a/timings.csv'), 'utf8');
  try {
    const storage = createDirectoryStorage(folder);
    const first = createTimings(storage);
    await first.flush();
    assert.is(await storage.get('a/timings.csv'), null);
    for (const run of [1, 2]) await first.add('a', row(run), TIMING);
    await first.flush();
    assert.is(text(), [HEADER, line(1), line(2), ''].join('\n'));

    const second = createTimings(storage);
    await second.add('a', row(2), { ...TIMING, bytes: 5 });
    await second.add('a', row(3), TIMING);
    await second.flush();
    assert.is(text(), [HEADER, line(1), line(2, 5), line(3), ''].join('\n'));

    await storage.put('a/timings.csv', 'something else\nof somebody\n');
    const third = createTimings(storage);
    await third.add('a', row(1), TIMING);
    assert.is(text(), [HEADER, line(1), ''].join('\n'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
