import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { applyExchanges, type Exchanges, exchangeAt, exchangeText } from './exchanges.ts';

const EXCHANGES: Exchanges = {
  initiators: [0, 2],
  partners: [1, 0],
  initiatorsBefore: [7, 9],
  partnersBefore: [2, 2],
  initiatorsAfter: [2, 2],
  partnersAfter: [2, 2],
};
const NAMES = ['12', '33', 'c'];

test('values after some exchanges', () => {
  const values = Float64Array.of(7, 2, 9);
  applyExchanges(values, EXCHANGES, 1);
  assert.equal([...values], [2, 2, 9]);
  applyExchanges(values, EXCHANGES, 2);
  assert.equal([...values], [2, 2, 2]);
});

test('an exchange in words', () => {
  assert.is(exchangeText(exchangeAt(EXCHANGES, 0), NAMES, false), '12 asked 33: 7 and 2 → 2');
  const apart = { initiator: 2, partner: 0, before: [9, 2], after: [2, 1] } as const;
  assert.is(
    exchangeText(apart, NAMES, true),
    'c asked 12: 9 and 2 → 2 and 1 when the round is over',
  );
});

test.run();
