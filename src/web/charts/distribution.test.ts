import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type DistributionRow,
  distributionCsv,
  distributionPicture,
  distributionTable,
  distributionText,
} from './distribution.ts';
import { PAGE_PALETTE, svgFile } from './svg.ts';

const ROW: DistributionRow = {
  label: 'default',
  color: 'var(--series-1)',
  runs: [1, 2, 3, 5],
  rounds: [4, 5, 4, 7],
  converged: [true, true, true, true],
  quartiles: [4, 4, 4.5, 5.5, 7],
  mean: 5,
  interval: { low: 4.1, high: 5.9 },
};
const ENDLESS: DistributionRow = {
  label: '<b>hostile</b>',
  color: 'red',
  runs: [1, 2],
  rounds: [3, 10],
  converged: [true, false],
  quartiles: [],
  mean: null,
  interval: null,
};

function picture(rows: readonly DistributionRow[], marked: number | null = null, width = 800) {
  return distributionPicture({ title: 'Rounds', rows, palette: PAGE_PALETTE, marked, width });
}

test('each run is a dot that says which it is, all rows on one axis', () => {
  const { shapes } = picture([ROW, ENDLESS]);
  const dots = shapes.filter(({ tag }) => tag === 'circle');
  assert.equal(
    dots.map(({ text }) => text),
    [
      'run 1: 4 rounds',
      'run 3: 4 rounds',
      'run 2: 5 rounds',
      'run 5: 7 rounds',
      'run 1: 3 rounds',
      'run 2: 10 rounds, not converged',
    ],
  );
  const x = dots.map(({ attributes }) => Number(attributes.cx));
  assert.is(x[0], x[1]);
  // 3 to 10 rounds are one width, so 4 to 7 are three sevenths of it.
  assert.ok(Math.abs((x[3] - x[0]) / (x[5] - x[4]) - 3 / 7) < 1e-3);
  assert.is(dots[5].attributes.fill, 'var(--ground)');
  assert.is(dots[3].attributes['data-run'], 5);
});

test('the box is from quartile to quartile, the mean is marked where it is known', () => {
  const { shapes } = picture([ROW]);
  const boxes = shapes.filter(({ tag }) => tag === 'rect');
  const diamonds = shapes.filter(({ tag }) => tag === 'path');
  assert.is(boxes.length, 1);
  assert.is(diamonds.length, 1);
  const perRound = (800 - 28) / 4;
  assert.is(boxes[0].attributes.width, Math.round(1.5 * perRound * 100) / 100);
  const none = picture([ENDLESS]).shapes;
  assert.is(none.filter(({ tag }) => tag === 'rect' || tag === 'path').length, 0);
});

test('one run is marked in each row', () => {
  const marked = picture([ROW, ENDLESS], 2).shapes.filter(
    ({ tag, attributes }) => tag === 'circle' && attributes.stroke === 'var(--text)',
  );
  assert.equal(
    marked.map(({ text }) => text),
    ['run 2: 5 rounds', 'run 2: 10 rounds, not converged'],
  );
});

test('there is a picture of nothing, of one value, and of many runs over many rounds', () => {
  const many = Array.from({ length: 20_000 }, (_, run) => (run * 7919) % 5000);
  const large = {
    ...ROW,
    rounds: many,
    runs: many.map((_, run) => run + 1),
    converged: many.map(() => true),
  };
  for (const rows of [
    [],
    [{ ...ROW, rounds: [], runs: [], converged: [], quartiles: [] }],
    [large],
  ]) {
    for (const width of [200, 1400]) {
      const { shapes, height } = picture(rows, null, width);
      assert.ok(shapes.length < 1500, `${shapes.length}`);
      assert.ok(height > 0);
      assert.not.match(JSON.stringify(shapes), /null|NaN|Infinity/);
    }
  }
  const said = picture([large]).shapes.flatMap(({ text }) => text ?? []);
  assert.ok(said.some((text) => /a dot: up to \d+ runs/.test(text)));
});

test('no dot is outside of the picture', () => {
  for (const width of [200, 390, 1400]) {
    const { shapes, height } = picture([{ ...ROW, rounds: [1, 1, 1, 100] }, ROW], null, width);
    for (const { tag, attributes } of shapes) {
      if (tag !== 'circle') continue;
      const [x, y] = [Number(attributes.cx), Number(attributes.cy)];
      assert.ok(x > 0 && x < width && y > 0 && y < height, `${x} ${y}`);
    }
  }
});

test('table, CSV and sentence say the same', () => {
  assert.equal(distributionTable([ROW, ENDLESS]).slice(1), [
    ['default', '4', '0', '4', '4', '4.5', '5.5', '7', '5.00 (4.10 to 5.90)'],
    ['<b>hostile</b>', '2', '1', '', '', '', '', '', ''],
  ]);
  assert.is(
    distributionCsv([ROW, ENDLESS]),
    'row,run,rounds,converged\ndefault,1,4,true\ndefault,2,5,true\ndefault,3,4,true\ndefault,5,7,true\n<b>hostile</b>,1,3,true\n<b>hostile</b>,2,10,false\n',
  );
  assert.is(
    distributionText([ROW, ENDLESS]),
    'default: 4 runs, median 4.5, middle half 4 to 5.5, mean 5.00 (4.10 to 5.90); <b>hostile</b>: 2 runs, 1 not converged',
  );
});

test('what people call things is text in the file', () => {
  const file = svgFile(picture([ENDLESS]), '#fff');
  assert.match(file, '&lt;b&gt;hostile&lt;/b&gt;');
  assert.not.match(file, '<b>');
  assert.match(file, '<title>run 2: 10 rounds, not converged</title></circle>');
});

test.run();
