import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Line, lastRound, linesCsv, linesPicture, roundAfterKey, valueAt } from './lines.ts';
import { type Palette, type Shape, svgFile } from './svg.ts';

const PALETTE: Palette = { ground: '#fff', text: '#000', quiet: '#555', line: '#ccc' };
const LINES: Line[] = [
  { label: 'default', values: [34, 20, 10, 1], color: 'rgb(1, 2, 3)' },
  { label: '<script>alert("x")</script>', values: [34, null, 2], color: '#aabbcc', dashed: true },
];

function picture(lines: readonly Line[] = LINES, logarithmic = false) {
  return linesPicture({ title: 'Distinct <values>', lines, logarithmic, palette: PALETTE });
}

/** The places of a drawn line. */
function placesOf({ attributes: { d } }: Shape): [number, number][] {
  return `${d}`
    .split(/[ML]/)
    .slice(1)
    .map((place) => place.split(' ').map(Number) as [number, number]);
}

function pathsOf(lines: readonly Line[], logarithmic = false) {
  return picture(lines, logarithmic)
    .shapes.filter(({ tag }) => tag === 'path')
    .filter((_, index) => index % 2 === 0)
    .map(placesOf);
}

test('a record a round, empty where a line has ended or is not known', () => {
  assert.is(
    linesCsv(LINES),
    'round,default,"<script>alert(""x"")</script>"\n0,34,34\n1,20,\n2,10,2\n3,1,\n',
  );
  assert.is(linesCsv([]), 'round\n0\n');
  assert.is(lastRound(LINES), 3);
  assert.is(valueAt(LINES[0], 3), '1');
  assert.is(valueAt(LINES[1], 1), '');
  assert.is(valueAt(LINES[1], 3), '');
});

test('lines go right by the round and up by the value, and leave out what is not known', () => {
  const [first, second] = pathsOf(LINES);
  assert.is(first.length, 4);
  assert.is(second.length, 2);
  assert.equal(first[0], second[0]);
  assert.is(first[2][0], second[1][0]);
  for (let i = 1; i < first.length; i++) {
    assert.ok(first[i][0] > first[i - 1][0]);
    assert.ok(first[i][1] > first[i - 1][1], 'smaller values are lower');
  }
});

test('on a logarithmic scale equal ratios are equally far apart; what is not above 0 is left out', () => {
  const [places] = pathsOf([{ label: 'a', values: [1000, 100, 10, 1, 0], color: '#000' }], true);
  const steps = places.slice(1).map(([, y], i) => Math.round(y - places[i][1]));
  assert.is(places.length, 4);
  assert.is(new Set(steps).size, 1);
});

test('there is a picture of no line, of one point, and of equal or huge values', () => {
  for (const logarithmic of [false, true]) {
    for (const values of [[], [3], [5, 5, 5], [0, 0], [1e300, -1e300], [null, null]]) {
      const { shapes, width, height } = picture(
        [{ label: 'a', values, color: '#000' }],
        logarithmic,
      );
      const written = JSON.stringify(shapes);
      assert.not.match(written, /null|NaN|Infinity/);
      assert.ok(width > 0 && height > 0);
    }
    assert.ok(picture([], logarithmic).shapes.length > 0);
  }
});

test('what people call things is text in the file', () => {
  const file = svgFile(picture(), '#fff');
  assert.ok(file.startsWith('<svg xmlns="http://www.w3.org/2000/svg" width="800"'));
  assert.match(file, '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
  assert.match(file, '<title>Distinct &lt;values&gt;</title>');
  assert.not.match(file, /<script|var\(/);
  assert.match(file, 'stroke-dasharray="6 4"');
});

test('a long label is cut off', () => {
  const file = svgFile(picture([{ ...LINES[0], label: 'a'.repeat(5000) }]), '#fff');
  assert.not.match(file, /a{101}/);
  assert.match(file, `${'a'.repeat(99)}…`);
});

test('keys lead to rounds that there are', () => {
  assert.is(roundAfterKey('ArrowRight', 3, 5), 4);
  assert.is(roundAfterKey('ArrowLeft', 3, 5), 2);
  assert.is(roundAfterKey('PageUp', 3, 5), 5);
  assert.is(roundAfterKey('PageDown', 3, 5), 0);
  assert.is(roundAfterKey('Home', 3, 5), 0);
  assert.is(roundAfterKey('End', 3, 5), 5);
  assert.is(roundAfterKey('ArrowRight', 5, 5), 5);
  assert.is(roundAfterKey('x', 3, 5), null);
  assert.is(roundAfterKey('toString', 3, 5), null);
});

test.run();
