import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { float, type PythonValue, pythonFloat, pythonJson } from './index.ts';

/** As CPython's repr writes them. */
const FLOATS: [number, string][] = [
  [0, '0.0'],
  [-0, '-0.0'],
  [2, '2.0'],
  [-1.5, '-1.5'],
  [0.1, '0.1'],
  [1 / 3, '0.3333333333333333'],
  [0.0001, '0.0001'],
  [0.00012345, '0.00012345'],
  [0.00001, '1e-05'],
  [0.000012345, '1.2345e-05'],
  [1e-7, '1e-07'],
  [1e-100, '1e-100'],
  [123456789, '123456789.0'],
  [9007199254740992, '9007199254740992.0'],
  [1e15, '1000000000000000.0'],
  [9999999999999998, '9999999999999998.0'],
  [1e16, '1e+16'],
  [1.5e16, '1.5e+16'],
  [1e22, '1e+22'],
  [5e-324, '5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
  [Number.POSITIVE_INFINITY, 'inf'],
  [Number.NEGATIVE_INFINITY, '-inf'],
  [Number.NaN, 'nan'],
];

test('floats are written as Python writes them', () => {
  for (const [value, text] of FLOATS) assert.is(pythonFloat(value), text);
});

test('any float reads back as itself and shows that it is one', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = pythonFloat(value);
      assert.ok(Object.is(Number(text), value));
      assert.match(text, /^-?\d+(\.\d+)?(e[+-]\d{2,3})?$/);
      assert.match(text, /[.e]/);
    }),
    { seed: 3 },
  );
});

test('a value is laid out as json.dumps(value, indent=2) does', () => {
  const value = new Map<string, PythonValue>([
    ['10', 1],
    ['2', float(1)],
    ['empty', [{}, []]],
    ['list', [null, true, -0.5, 'text']],
    ['nested', { b: { c: [] }, a: 0.00001 }],
    ['large', 1e21],
  ]);
  assert.is(
    pythonJson(value),
    `{
  "10": 1,
  "2": 1.0,
  "empty": [
    {},
    []
  ],
  "list": [
    null,
    true,
    -0.5,
    "text"
  ],
  "nested": {
    "b": {
      "c": []
    },
    "a": 1e-05
  },
  "large": 1000000000000000000000
}`,
  );
  assert.is(pythonJson({}), '{}');
  assert.is(pythonJson([]), '[]');
});

test('text is ASCII, escaped as Python does', () => {
  assert.is(pythonJson('é\u007f😀\ud800'), '"\\u00e9\\u007f\\ud83d\\ude00\\ud800"');
  assert.is(pythonJson('"\\/\b\f\n\r\t\0\u001f'), '"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f"');
  assert.is(pythonJson({ ü: 1 }), '{\n  "\\u00fc": 1\n}');
});

test('any JSON reads back as itself', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = pythonJson(value as PythonValue);
      // JSON's -0 is the int 0.
      assert.equal(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.match(text, /^[\n -~]*$/);
    }),
    { seed: 4 },
  );
});

test('a number that JSON has no word for is refused', () => {
  assert.throws(() => pythonJson({ a: Number.NaN }), /JSON cannot hold the number NaN/);
  assert.throws(() => pythonJson([float(Number.POSITIVE_INFINITY)]), /Infinity/);
});

test.run();
