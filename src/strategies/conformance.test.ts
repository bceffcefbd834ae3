import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkStrategy, loadStrategyFile, type Strategy } from './index.ts';

const GOOD: Strategy = {
  summary: 'by degree',
  parameters: {
    low: { type: 'number', description: '', default: 1, minimum: 0 },
    side: { type: 'string', description: '', default: 'left', enum: ['left', 'right'] },
  },
  measures: ['degree'],
  weigh(view, parameters, out) {
    const { degree } = view.measures;
    for (let k = 0; k < view.degree; k++) out[k] = degree[k] + (parameters.low as number);
  },
};

let calls = 0;

// What is wrong with GOOD when it has this instead, and the one rule that says so.
const WRONG: [check: string, wrong: Partial<Strategy>][] = [
  ['weights finite', { weigh: each((k) => k / 0) }],
  ['weights finite', { weigh: each(() => Number.NaN) }],
  ['weights finite', { weigh: each(() => Number.MAX_VALUE) }],
  ['weights finite', { weigh: each((k, _, low) => (k + 1) / (low as number)) }],
  ['weights not negative', { weigh: each((k) => k - 1) }],
  ['weights not negative', { weigh: each((_, degree) => 20 - degree[0]) }],
  ['no neighbor forgotten', { weigh: (view, _, out) => void out.fill(1, 1, view.degree) }],
  ['no neighbor forgotten', { weigh: (view, _, out) => void out.fill(1, 0, view.degree & 255) }],
  ['writes within its neighbors', { weigh: (_view, _, out) => void out.fill(1) }],
  ['deterministic', { weigh: each(() => Math.random()) }],
  ['deterministic', { weigh: each(() => calls++) }],
  ['deterministic', { weigh: each((_, degree) => degree.reduce((a, b) => a + b)) }],
  ['measures listed', { measures: [] }],
  [
    'measures listed',
    {
      weigh: (view, p, out) => {
        GOOD.weigh(view, p, out);
        Reflect.get(view.measures, 'beauty');
      },
    },
  ],
  [
    'view unchanged',
    {
      weigh: (view, p, out) => {
        GOOD.weigh(view, p, out);
        view.measures.degree.sort().reverse();
      },
    },
  ],
  [
    'runs',
    {
      weigh: (view) => {
        Object.assign(view, { degree: 0 });
      },
    },
  ],
  [
    'runs',
    {
      weigh: (view, p, out) => {
        if (view.degree > 256 || p.side === 'right') throw new Error('too much');
        GOOD.weigh(view, p, out);
      },
    },
  ],
];

function each(
  weight: (k: number, degree: Float64Array, low: unknown) => number,
): Strategy['weigh'] {
  return (view, parameters, out) => {
    for (let k = 0; k < view.degree; k++) {
      out[k] = weight(k, view.measures.degree, parameters.low);
    }
  };
}

test('a good strategy has no findings', () => {
  assert.equal(checkStrategy(GOOD), []);
});

test('each rule finds who breaks it, and no other rule does', () => {
  for (const [check, wrong] of WRONG) {
    const findings = checkStrategy({ ...GOOD, ...wrong });
    assert.equal(
      findings.map((finding) => finding.check),
      [check],
      `${check}, ${wrong.weigh}`,
    );
    assert.match(findings[0].view, /neighbors?.*, low .*, side /);
    assert.match(findings[0].message, /must/);
  }
});

test('the example of a strategy of one’s own conforms', async () => {
  const file = new URL('../../examples/strategies/low_degree.ts', import.meta.url);
  const { strategy } = await loadStrategyFile(fileURLToPath(file));
  assert.equal(checkStrategy(strategy), []);
  const out = new Float64Array(2);
  const measures = { degree: Float64Array.of(2, 4) } as never;
  strategy.weigh({ degree: 2, measures }, { power: 2 }, out);
  assert.equal([...out], [1 / 4, 1 / 16]);
});

test.run();
