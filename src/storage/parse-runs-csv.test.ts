import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseRunsCsv, type RunRow, runsCsv } from './index.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

const count = fc.nat();
// runs.csv writes parameters as Python does, which keeps every digit; -0 is 0 there and here.
const maybe = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0));
const anyRow: fc.Arbitrary<RunRow> = fc.record(
  {
    ...{ simulation: fc.string(), graph: fc.string(), algorithm: fc.string() },
    ...{ factor: maybe, prior_partner_factor: maybe, weighting_param_a: maybe, value: maybe },
    ...{ execution: fc.integer({ min: 1 }), run: fc.integer({ min: 1 }), seed: fc.maxSafeNat() },
    ...{ num_rounds: count, converged: fc.boolean(), exchanges: count, useful: count },
    ...{ t50: fc.option(count), t90: fc.option(count), t99: fc.option(count), max_load: count },
  },
  { noNullPrototype: true },
);

test('any rows come back from their runs.csv as they were', () => {
  fc.assert(
    fc.property(fc.array(anyRow), (rows) => {
      assert.equal([...parseRunsCsv(bytesOf(runsCsv(rows)), 'k')], rows);
    }),
    { seed: 4 },
  );
});

test('what is not a runs.csv is refused with the line and the field', () => {
  const row: RunRow = {
    ...{ simulation: 's', graph: 'g', algorithm: 'a', execution: 1, run: 1, seed: 1 },
    ...{ factor: null, prior_partner_factor: null, weighting_param_a: null, value: 0 },
    ...{ num_rounds: 5, converged: true, exchanges: 9, useful: 3, t50: 1, t90: 2, t99: 3 },
    max_load: 2,
  };
  const good = runsCsv([row, { ...row, run: 2 }]);
  const refused = (content: string | Uint8Array, ...words: (string | RegExp)[]) => {
    const bytes = typeof content === 'string' ? bytesOf(content) : content;
    try {
      [...parseRunsCsv(bytes, 'a/runs.csv')];
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      assert.is(code, 'input');
      assert.match(message, /^a\/runs\.csv.*remove it, and its runs are read/);
      for (const word of words) assert.match(message, word);
      return;
    }
    assert.unreachable(`${content} must be refused`);
  };
  refused('', 'line 1');
  refused('simulation,graph\n', 'line 1', 'its columns must be simulation,graph,');
  refused(good.slice(0, -1), 'line 3', 'the end of the line is missing');
  refused(good.slice(0, -30), 'line 3');
  refused(good.replace('s,g,a', 's,"g,a'), 'line 2', 'quote');
  refused(good.replace('s,g,a', 's,g'), 'line 2', '17 fields');
  refused(good.replace('s,g,a', 's,g,a,'), 'line 2', '19 fields');
  refused(good.replace(',1,2,1,', ',1,2.5,1,'), 'line 3, field run');
  refused(good.replace('true', 'maybe'), 'line 2, field converged');
  refused(good.replace(',9,', ',,'), 'line 2, field exchanges');
  refused(good.replace(',9,', ',x,'), 'line 2, field exchanges');
  refused(Uint8Array.of(0xff), /encoded|valid/i);
});

test.run();
