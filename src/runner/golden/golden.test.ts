import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { filesBelow, gossip, inFolder, KARATE } from '../../cli/command.fixture.ts';
import { SCHEDULES } from '../../host/schedule.ts';

/**
 * What one algorithm did on karate club: the rounds of three repetitions, SHA-256 of their rows of runs.csv and of
 * their histories, one after the other.
 */
interface Trace {
  readonly rounds: readonly number[];
  readonly rows: string;
  readonly histories: string;
}

const FILE = fileURLToPath(new URL('./golden.json', import.meta.url));
const ALGORITHMS = [
  'default',
  'weighted_factor',
  'community_probabilities_complex_memory',
  'betweenness_weighted_memory',
  'community_based',
  'hub_score_weighted',
];

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

async function trace(schedule: string, aggregate: string): Promise<Record<string, Trace>> {
  return inFolder({}, async (folder) => {
    const { code, stdout, stderr } = await gossip(
      ...['run', KARATE, '--seed', '42', '--repetitions', '3', '--format', 'csv'],
      ...['--algorithm', ALGORITHMS.join(','), '--favor', 'outside', '--schedule', schedule],
      ...['--aggregate', aggregate, '--results', folder],
    );
    assert.is(code, 0, stderr);
    // What the simulation is called does not matter.
    const rows = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.replace(/^[^,]*,karate,([^,]*)/, 'karate-$1,karate,$1'));
    const files = Object.entries(filesBelow(folder));
    return Object.fromEntries(
      ALGORITHMS.map((algorithm) => {
        const own = rows.filter((row) => row.split(',')[2] === algorithm);
        const name = `karate-${algorithm.replaceAll('_', '-')}`;
        const histories = files.filter(([path]) =>
          path.endsWith(`/${name}_node_value_history.json`),
        );
        assert.equal([own.length, histories.length], [3, 3]);
        return [
          algorithm,
          {
            rounds: own.map((row) => Number(row.split(',')[9])),
            rows: hash(own.join('\n')),
            histories: hash(histories.map(([, text]) => text).join('\n')),
          },
        ];
      }),
    );
  });
}

// A change that is meant to change results writes the traces anew: UPDATE_GOLDEN=1.
const update = process.env.UPDATE_GOLDEN === '1';
const golden: Record<string, Record<string, Trace>> = update
  ? {}
  : JSON.parse(readFileSync(FILE, 'utf8'));

for (const schedule of SCHEDULES) {
  for (const aggregate of ['minimum', 'mean']) {
    const name = `${schedule}, ${aggregate}`;
    test(`seed 42 gives the traces it has always given: ${name}`, async () => {
      const traces = await trace(schedule, aggregate);
      if (update) golden[name] = traces;
      assert.equal(traces, golden[name]);
    });
  }
}

test.after(() => {
  if (update) writeFileSync(FILE, `${JSON.stringify(golden, null, 2)}\n`);
});

test.run();
