import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseRunObject, type RunRow, runObject, runsCsv } from './index.ts';

const HEADER =
  'simulation,graph,algorithm,factor,prior_partner_factor,weighting_param_a,execution,run,seed,num_rounds,converged,value,exchanges,useful,t50,t90,t99,max_load';

const row: RunRow = {
  simulation: 'karate-default',
  graph: 'karate',
  algorithm: 'default',
  factor: null,
  prior_partner_factor: null,
  weighting_param_a: null,
  execution: 1,
  run: 2,
  seed: 9007199254740991,
  num_rounds: 5,
  converged: true,
  value: 0,
  exchanges: 170,
  useful: 41,
  t50: 2,
  t90: 3,
  t99: 4,
  max_load: 6.4,
};

const bytesOf = (text: string) => new TextEncoder().encode(text);

test('runs.csv: header, then a line a run', () => {
  assert.is(runsCsv([]), `${HEADER}\n`);
  const swept = { ...row, factor: 2, prior_partner_factor: 0.00001, weighting_param_a: 0 };
  const lost = { ...row, converged: false, value: null, t90: null, t99: null };
  assert.is(
    runsCsv([row, swept, lost]),
    `${HEADER}
karate-default,karate,default,,,,1,2,9007199254740991,5,true,0,170,41,2,3,4,6.4
karate-default,karate,default,2.0,1e-05,0.0,1,2,9007199254740991,5,true,0,170,41,2,3,4,6.4
karate-default,karate,default,,,,1,2,9007199254740991,5,false,,170,41,2,,,6.4
`,
  );
});

test('fields with commas, quotes or ends of line are quoted', () => {
  const text = runsCsv([{ ...row, simulation: 'a,b', graph: 'say "x"', algorithm: 'a\nb' }]);
  assert.ok(text.includes('\n"a,b","say ""x""","a\nb",,'));
});

test('a run object has the columns of runs.csv in their order, whatever the row’s', () => {
  const text = runObject(Object.fromEntries(Object.entries(row).reverse()) as RunRow);
  assert.is(Object.keys(JSON.parse(text)).join(','), HEADER);
  assert.match(text, /^\{\n {2}"simulation": "karate-default",\n/);
  assert.equal(parseRunObject(bytesOf(text), 'k'), row);
});

test('any row comes back from its object as it was', () => {
  const count = fc.nat();
  const maybe = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0));
  const anyRow = fc.record(
    {
      ...{ simulation: fc.string(), graph: fc.string(), algorithm: fc.string() },
      ...{ factor: maybe, prior_partner_factor: maybe, weighting_param_a: maybe, value: maybe },
      ...{ execution: fc.integer({ min: 1 }), run: fc.integer({ min: 1 }), seed: fc.maxSafeNat() },
      ...{ num_rounds: count, converged: fc.boolean(), exchanges: count, useful: count },
      ...{ t50: fc.option(count), t90: fc.option(count), t99: fc.option(count), max_load: count },
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(anyRow, (any) => {
      assert.equal(parseRunObject(bytesOf(runObject(any)), 'k'), any);
    }),
    { seed: 6 },
  );
});

test('an object that is not a run’s is refused with its key and field', () => {
  const refused = (text: string, pattern: RegExp) => {
    try {
      parseRunObject(bytesOf(text), 'a/b_run.json');
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      assert.is(code, 'input');
      assert.match(message, pattern);
      assert.match(message, /^a\/b_run\.json.*; remove it and the run is played again$/);
      return;
    }
    assert.unreachable(`${text} must be refused`);
  };
  refused('', /is not JSON/);
  refused('null', /expected object/);
  refused(runObject(row).slice(0, 100), /is not JSON/);
  refused(JSON.stringify({ ...row, seed: -1 }), /field seed/);
  refused(JSON.stringify({ ...row, num_rounds: 1.5 }), /field num_rounds/);
  refused(JSON.stringify({ ...row, converged: 'true' }), /field converged/);
  refused(JSON.stringify({ ...row, extra: 1 }), /extra/);
  const { graph: _, ...without } = row;
  refused(JSON.stringify(without), /field graph/);
  assert.throws(() => parseRunObject(Uint8Array.of(0x22, 0xff, 0x22), 'k'), /k is not JSON/);
});

test.run();
