import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SCHEDULES } from '../host/schedule.ts';
import { gossip, graphYaml, inFolder, KARATE } from './command.fixture.ts';

async function said(results: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await gossip(
    'run',
    '--results',
    results,
    '--seed',
    '9',
    ...args,
  );
  assert.is(code, 0, stderr);
  return stdout;
}

test('the table names its columns, its order of play, and what its numbers speak of', () =>
  inFolder({}, async (folder) => {
    for (const schedule of SCHEDULES) {
      const args = [KARATE, '--schedule', schedule, '--algorithm', 'default,default_memory'];
      const lines = (await said(folder, ...args, '--repetitions', '5')).split('\n');
      assert.is(
        lines[0].replace(/ {2,}/g, '|'),
        'graph|algorithm|schedule|runs|rounds (95 % CI)|t99|busiest node|speed-up over default',
      );
      assert.match(lines[1], /^─+ {2}─/);
      assert.match(
        lines[2].replace(/ {2,}/g, '|'),
        new RegExp(
          `^karate\\|default\\|${schedule}\\|5\\|[\\d.]+ \\([\\d.]+ to [\\d.]+\\)\\|.*\\|1$`,
        ),
      );
      assert.match(lines[3], /karate +default_memory .* \d\.\d\d \(\d\.\d\d to \d\.\d\d\)$/);
      assert.match(lines[4], /^ +priorPartnerFactor=0\.5$/);
      const caption = lines.slice(5).join('\n');
      assert.match(caption, 'Seed 9; aggregate minimum; start random.');
      assert.match(caption, 'further runs on the same graph with the same start values');
      assert.match(caption, 'about 1 % of the nodes begin with the minimum');
      assert.not.match(caption, 'over several graphs');
    }
  }));

test('below 5 repetitions no interval is shown, and the table says why', () =>
  inFolder({}, async (folder) => {
    const out = await said(folder, KARATE, '--repetitions', '4', '--start', 'source');
    assert.not.match(out, / to /);
    assert.match(out, 'Below 5 repetitions there is no interval.');
    assert.not.match(out, 'about 1 %');
  }));

test('runs that did not converge are shown as such, in the table and in JSON', () => {
  const lines = Array.from({ length: 20 }, (_, node) => `${node} ${(node + 1) % 20}`);
  return inFolder({ 'ring.yaml': graphYaml('ring', lines) }, async (folder) => {
    const ring = join(folder, 'ring.yaml');
    const args = [ring, '--start', 'source', '--repetitions', '5', '--max-rounds', '2'];
    const out = await said(folder, ...args);
    assert.match(out, /> 2 .*-.*\n.*5 of 5 not converged\n.*mean at least 2\.0/);
    const { rows } = JSON.parse(await said(folder, ...args, '--format', 'json'));
    const [row] = rows;
    assert.equal(
      [row.meanRounds, row.interval, row.medianRounds, row.lowerBound, row.converged, row.t99],
      [null, null, null, 2, 0, null],
    );
  });
});

test('mean converges, to the mean of the start values', () =>
  inFolder(
    { 'graph.yaml': graphYaml('square', ['0 1 3', '1 2', '2 3', '3'], 'valueList: "0,10,20,50"') },
    async (folder) => {
      const args = [join(folder, 'graph.yaml'), '--aggregate', 'mean', '--repetitions', '5'];
      const rows = (await said(folder, ...args, '--format', 'csv')).trim().split('\n').slice(1);
      assert.is(rows.length, 5);
      for (const row of rows) {
        const [, , , , , , , , , , converged, value] = row.split(',');
        assert.is(converged, 'true');
        assert.ok(Math.abs(Number(value) - 20) < 1e-9);
      }
    },
  ));

test('JSON and CSV stand alone on standard output', () =>
  inFolder({}, async (folder) => {
    const args = [KARATE, '--repetitions', '2', '--algorithm', 'default,weighted_factor'];
    const { simulations, rows } = JSON.parse(await said(folder, ...args, '--format', 'json'));
    assert.equal(
      simulations.map(({ name, seed }: { name: string; seed: number }) => [name, seed]),
      [
        ['karate-default', 9],
        ['karate-weighted-factor', 9],
      ],
    );
    assert.equal(
      rows.map((row: { algorithm: string; parameters: string }) => [row.algorithm, row.parameters]),
      [
        ['default', ''],
        ['weighted_factor', 'factor=1.5 favor=inside'],
      ],
    );
    const csv = await said(folder, ...args, '--format', 'csv');
    assert.is(csv.split('\n').length, 1 + 4 + 1);
    assert.match(csv, /^simulation,graph,algorithm,/);
  }));

test.run();
