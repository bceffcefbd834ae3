import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { quantityOf } from './quantity.ts';

test('quantities of Kubernetes are numbers', () => {
  const cases: [string, number][] = [
    ['0', 0],
    ['2', 2],
    ['500m', 0.5],
    ['0.1', 0.1],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1E3', 1000],
    ['12e-1', 1.2],
    ['64Mi', 64 * 2 ** 20],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['10k', 10_000],
    ['3E', 3e18],
    ['1Ei', 2 ** 60],
  ];
  for (const [text, number] of cases) assert.is(quantityOf(text), number, text);
});

test('other texts are none', () => {
  for (const text of ['', 'x', '1 Mi', '1mi', '1KI', '--1', '1e', 'Mi', '1..2', '0x10', '1_000']) {
    assert.is(quantityOf(text), null, text);
  }
});

test.run();
