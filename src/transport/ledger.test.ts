import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createLedger } from './ledger.ts';
import { request } from './request.fixture.ts';
import type { ExchangeRequest, Outcome } from './transport.ts';
import { refused, TransportError } from './transport-error.ts';

/** A ledger in epoch 1 of a graph of 10 nodes, and a partner that replies how often it was applied. */
function begun() {
  const ledger = createLedger();
  ledger.begin(1, 10);
  let applied = 0;
  const answer = (given: Partial<ExchangeRequest>): unknown =>
    short(ledger.answer(request(given), () => ({ value: ++applied })));
  return { ledger, answer };
}

function short(outcome: Outcome | Promise<Outcome>): unknown {
  if (outcome instanceof TransportError) return outcome.refusal;
  return 'value' in outcome ? outcome.value : outcome;
}

test('a repeat is answered as before and not applied', () => {
  const { answer } = begun();
  assert.is(answer({ round: 1 }), 1);
  assert.is(answer({ round: 1 }), 1);
  assert.is(answer({ round: 1, initiator: 5 }), 2);
  assert.is(answer({ round: 1 }), 1);
  assert.is(answer({ round: 2 }), 3);
  assert.is(answer({ round: 1, initiator: 5 }), 2);
});

test('turn, round and repetition name an exchange, in this order of weight', () => {
  const { answer } = begun();
  const names = [
    { repetition: 1, round: 9, turn: 9 },
    { repetition: 2, round: 1, turn: 5 },
    { repetition: 2, round: 1, turn: 6 },
    { repetition: 2, round: 2, turn: 0 },
    { repetition: 3, round: 1, turn: 0 },
  ];
  names.forEach((name, i) => {
    assert.is(answer(name), i + 1);
    for (const older of names.slice(0, i)) assert.is(answer(older), 'stale');
    assert.is(answer(name), i + 1);
  });
});

test('an exchange that is refused leaves the one before as the last', () => {
  const { ledger, answer } = begun();
  assert.is(answer({ round: 1 }), 1);
  const far = ledger.answer(request({ round: 1000 }), () =>
    refused('unknown-node', 'no such round'),
  );
  assert.is(short(far), 'unknown-node');
  assert.is(answer({ round: 1 }), 1, 'the repeat is answered as before');
  assert.is(answer({ round: 2 }), 2, 'the next one is not stale');
});

test('another epoch is refused', () => {
  const { ledger, answer } = begun();
  assert.is(answer({ epoch: 0 }), 'old-epoch');
  assert.is(answer({ epoch: 2 }), 'not-configured');
  assert.is(answer({}), 1);
  ledger.begin(2, 10);
  assert.is(answer({}), 'old-epoch');
  assert.is(answer({ epoch: 2 }), 2, 'the exchange of the epoch before is forgotten');
});

test('nothing is taken before the first epoch', () => {
  const outcome = createLedger().answer(request({ epoch: 0 }), () => ({ value: 1 }));
  assert.is((outcome as TransportError).refusal, 'not-configured');
});

test('initiators beyond the graph are refused', () => {
  const { answer } = begun();
  assert.is(answer({ initiator: 9 }), 1);
  assert.is(answer({ initiator: 10 }), 'unknown-node');
});

test('an exchange that was refused or failed is applied when it is repeated', async () => {
  const { ledger, answer } = begun();
  const no = refused('overloaded', 'not now');
  const fail = () => {
    throw new Error('broken');
  };
  assert.is(short(ledger.answer(request(), () => no)), 'overloaded');
  assert.throws(() => ledger.answer(request(), fail), 'broken');
  assert.is(short(await ledger.answer(request(), async () => no)), 'overloaded');
  await Promise.resolve(ledger.answer(request(), async () => fail())).catch(() => {});
  assert.is(answer({}), 1);
  assert.is(answer({}), 1);
});

test('a repeat of an exchange that is being applied waits for it', async () => {
  const { ledger, answer } = begun();
  let settle: (outcome: Outcome) => void = () => {};
  let applied = 0;
  const apply = () => {
    applied++;
    return new Promise<Outcome>((resolve) => {
      settle = resolve;
    });
  };
  const both = [ledger.answer(request(), apply), ledger.answer(request(), apply)];
  settle({ value: 8 });
  assert.equal(await Promise.all(both), [{ value: 8 }, { value: 8 }]);
  assert.is(applied, 1);
  assert.is(answer({}), 8);
});

test('an exchange that ends after its initiator made a later one leaves that alone', async () => {
  const { ledger, answer } = begun();
  let settle: (outcome: Outcome) => void = () => {};
  const apply = () =>
    new Promise<Outcome>((resolve) => {
      settle = resolve;
    });
  const slow = ledger.answer(request(), apply);
  assert.is(answer({ round: 2 }), 1);
  settle({ value: 8 });
  assert.equal(await slow, { value: 8 });
  assert.is(answer({ round: 2 }), 1);
  assert.is(answer({ round: 1 }), 'stale');
});

test.run();
