import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { csv } from '../../charts/csv.ts';
import { runRecords } from './run-records.ts';

test('runs as CSV have the columns of runs.csv, and nothing where nothing is known', () => {
  const known = {
    value: 0.1,
    exchanges: 2n ** 60n,
    useful: 3n,
    t50: 1,
    t90: 2,
    t99: 2,
    maxLoad: 4.5,
  };
  const text = csv(
    runRecords([
      { graph: 'karate', execution: 1, run: 1, rounds: 2, converged: true, ...known },
      { graph: '=cmd,"x"', execution: 2, run: 3, rounds: 10_000, converged: false },
    ]),
  );
  assert.is(
    text,
    [
      'graph,execution,run,num_rounds,converged,value,exchanges,useful,t50,t90,t99,max_load',
      'karate,1,1,2,true,0.1,1152921504606846976,3,1,2,2,4.5',
      '"\'=cmd,""x""",2,3,10000,false,,,,,,,',
      '',
    ].join('\n'),
  );
});

test.run();
