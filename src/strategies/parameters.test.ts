import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import {
  checkParameters,
  executions,
  openStrategies,
  type ParameterSchema,
  type Parameters,
} from './index.ts';

const strategies = openStrategies();

const OWN: Record<string, ParameterSchema> = {
  power: { type: 'number', description: '', default: 1, minimum: 0, maximum: 10 },
  factor: { type: 'number', description: '', default: 1.5, exclusiveMinimum: 0 },
  side: { type: 'string', description: '', default: 'left', enum: ['left', 'right'] },
};

test('defaults where nothing is given', async () => {
  const loaded = await strategies.load('betweenness_weighted_memory');
  const defaults = { factor: 1.5, favor: 'inside', priorPartnerFactor: 0.5, weightingParamA: 0.5 };
  assert.equal(executions(loaded, {}), [defaults]);
  assert.equal(executions(loaded, { factor: [], favor: [] }), [defaults]);
  assert.equal(checkParameters(loaded.name, loaded.parameters, { factor: undefined }), defaults);
  assert.equal(executions(await strategies.load('default'), {}), [{}]);
});

test('the product of the lists, the last varying fastest', async () => {
  const loaded = await strategies.load('hub_score_weighted_complex_memory');
  const lists = {
    weightingParamA: [0, 1],
    favor: ['outside'],
    priorPartnerFactor: [0.1, 0.2],
    factor: [3, 4],
  };
  const rows = executions(loaded, lists).map((p) => [
    p.factor,
    p.priorPartnerFactor,
    p.weightingParamA,
    p.favor,
  ]);
  assert.equal(rows, [
    [3, 0.1, 0, 'outside'],
    [3, 0.1, 1, 'outside'],
    [3, 0.2, 0, 'outside'],
    [3, 0.2, 1, 'outside'],
    [4, 0.1, 0, 'outside'],
    [4, 0.1, 1, 'outside'],
    [4, 0.2, 0, 'outside'],
    [4, 0.2, 1, 'outside'],
  ]);
});

test('a parameter of a strategy of its own comes after the known ones', () => {
  const algorithm = { name: 'mine', parameters: OWN };
  const lists = { side: ['left', 'right'], power: [1, 2], factor: [3, 4] };
  const rows = executions(algorithm, lists).map((p) => `${p.factor} ${p.power} ${p.side}`);
  assert.equal(rows.slice(0, 5), ['3 1 left', '3 1 right', '3 2 left', '3 2 right', '4 1 left']);
  assert.is(rows.length, 8);
});

test('lists that the algorithm has no use for make no executions', async () => {
  const lists = { factor: [0, 1, 2], weightingParamA: [7], favor: ['up', 'down'] };
  assert.equal(executions(await strategies.load('community_based'), lists), [{}]);
  assert.equal(executions(await strategies.load('default_memory'), lists), [
    { priorPartnerFactor: 0.5 },
  ]);
});

const REFUSED: [given: Record<string, unknown[]>, message: string][] = [
  [{ factor: [1, 0] }, 'factor is 0 in mine: it must be greater than 0'],
  [{ factor: [-1] }, 'factor is -1 in mine: it must be greater than 0'],
  [{ factor: [Number.NaN] }, 'factor is NaN in mine: it must be a finite number'],
  [{ factor: [Infinity] }, 'factor is Infinity in mine: it must be a finite number'],
  [{ factor: ['2'] }, 'factor is "2" in mine: it must be a finite number'],
  [{ factor: [null] }, 'factor is null in mine: it must be a finite number'],
  [{ power: [-0.1] }, 'power is -0.1 in mine: it must be at least 0'],
  [{ power: [10.1] }, 'power is 10.1 in mine: it must be at most 10'],
  [{ side: ['up'] }, 'side is "up" in mine: it must be left or right'],
  [{ powr: [1] }, 'mine has no parameter "powr"; did you mean power? It has power, factor, side'],
];

test('values out of bounds, and unknown names', () => {
  for (const [given, message] of REFUSED) {
    assert.is(
      refusal(() => executions({ name: 'mine', parameters: OWN }, given)),
      message,
    );
  }
  assert.is(
    refusal(() => checkParameters('default', {}, { power: 1 })),
    'default has no parameter "power": it has none',
  );
  assert.match(
    refusal(() => checkParameters('mine', OWN, JSON.parse('{ "__proto__": 1 }'))),
    /no parameter "__proto__"/,
  );
});

test('favor is one word', async () => {
  const loaded = await strategies.load('weighted_factor');
  assert.match(
    refusal(() => executions(loaded, { favor: ['inside', 'outside'] })),
    /single word/,
  );
  assert.match(
    refusal(() => executions(loaded, { favor: ['upside'] })),
    /it must be inside or outside/,
  );
});

test('lists that would fill the memory', async () => {
  const loaded = await strategies.load('betweenness_weighted_memory');
  const list = Array.from({ length: 1000 }, (_, i) => i / 1000 + 0.0001);
  const lists = { factor: list, priorPartnerFactor: list, weightingParamA: list };
  assert.match(
    refusal(() => executions(loaded, lists)),
    /more than 100000 executions/,
  );
});

test('every combination stands once', () => {
  const numbers = fc.uniqueArray(fc.double({ min: 0.5, max: 9, noNaN: true }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(numbers, numbers, (factor, power) => {
      const rows: Parameters[] = executions({ name: 'mine', parameters: OWN }, { power, factor });
      const expected = factor.flatMap((f) => power.map((p) => `${f} ${p} left`));
      assert.equal(
        rows.map((row) => `${row.factor} ${row.power} ${row.side}`),
        expected,
      );
    }),
  );
});

test('any value is taken as it is or refused with a GossipError', () => {
  fc.assert(
    fc.property(fc.constantFrom('power', 'factor', 'side'), fc.jsonValue(), (name, value) => {
      try {
        assert.is(checkParameters('mine', OWN, { [name]: value })[name], value);
      } catch (error) {
        assert.instance(error, GossipError);
      }
    }),
  );
});

function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    assert.instance(error, GossipError, String(error));
    return (error as Error).message;
  }
  throw new Error('it should have been refused');
}

test.run();
