import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exchange } from './exchange.ts';
import { ending, outcome, request } from './request.fixture.ts';
import type { ExchangeRequest, Outcome, Transport } from './transport.ts';
import { type RefusalReason, refused } from './transport-error.ts';
import { within } from './within.fixture.ts';

/** Makes transports that can reach each other; one made with the address of another, closed one takes its place. */
export type CreateTransport = (address?: string) => Transport;

/** What every transport must do; `open` is called once a test. */
export function transportConformance(name: string, open: () => CreateTransport): void {
  const transportSuite = suite(`transport: ${name}`);

  const check = (title: string, body: (create: CreateTransport) => Promise<void>) =>
    transportSuite(title, async () => {
      const create = open();
      const made: Transport[] = [];
      const counting: CreateTransport = (address) => {
        made.push(create(address));
        return made[made.length - 1];
      };
      try {
        await within(`${name}: ${title}`, body(counting));
      } finally {
        const closed = Promise.all(made.map((transport) => transport.close(100)));
        await within(`${name}: ${title}: close`, closed);
      }
    });

  check('both halves arrive as they were sent', async (create) => {
    const requests: ExchangeRequest[] = [];
    const replies = [-0, 0.1, Number.NaN, Infinity, -Infinity, Number.MIN_VALUE, 2 ** 53];
    const peer = await create().listen((request) => {
      requests.push(request);
      return { value: replies[requests.length - 1] };
    });
    const initiator = create();
    for (let i = 0; i < replies.length; i++) {
      const value = replies[replies.length - 1 - i];
      const sent = request({ epoch: i % 2 ? 0 : Number.MAX_SAFE_INTEGER, round: i + 1, value });
      assert.ok(Object.is((await exchange(initiator, peer, sent)).value, replies[i]));
      assert.equal(requests[i], sent);
      assert.ok(Object.is(requests[i].value, value));
    }
    const most = 2 ** 32 - 1;
    const largest = request({
      repetition: most,
      round: most,
      turn: most,
      initiator: most,
      partner: most,
    });
    await exchange(initiator, peer, largest);
    assert.equal(requests.at(-1), largest);
  });

  check('a thousand are under way and end in another order', async (create) => {
    const count = 1000;
    const waiting: (() => void)[] = [];
    const peer = await create().listen(
      ({ value }) =>
        new Promise<Outcome>((resolve) => {
          waiting.push(() => resolve({ value: -value }));
          if (waiting.length === count) for (const answer of waiting.reverse()) answer();
        }),
    );
    const initiator = create();
    const exchanges = Array.from({ length: count }, (_, value) =>
      exchange(initiator, peer, request({ value, initiator: value })),
    );
    const replies = await Promise.all(exchanges);
    replies.forEach(({ value }, i) => void assert.is(value, i === 0 ? -0 : -i));
  });

  check('what is sent first is applied first', async (create) => {
    const applied: number[] = [];
    const peer = await create().listen(({ value }) => {
      applied.push(value);
      return { value };
    });
    const initiator = create();
    const values = Array.from({ length: 300 }, (_, i) => i);
    await Promise.all(
      values.map((value) => exchange(initiator, peer, request({ value, initiator: value }))),
    );
    assert.equal(applied, values);
  });

  check('send ends each exchange once, and not before it returns', async (create) => {
    const peer = await create().listen(({ value }) => ({ value }));
    const initiator = create();
    for (const address of [peer, 'no address', peer]) {
      let returned = false;
      let calls = 0;
      await new Promise<void>((resolve) => {
        initiator.send(address, request(), () => {
          assert.ok(returned);
          calls++;
          setTimeout(resolve, 20);
        });
        returned = true;
      });
      assert.is(calls, 1);
    }
  });

  check('exchanges can be chained without end', async (create) => {
    const peer = await create().listen(({ value }) => ({ value }));
    const initiator = create();
    await new Promise<void>((resolve) => {
      const next = (round: number) => {
        if (round > 20_000) resolve();
        else initiator.send(peer, request({ round }), () => next(round + 1));
      };
      next(1);
    });
  });

  check('hosts exchange in both directions, and with themselves', async (create) => {
    const a = create();
    const b = create();
    const toA = await a.listen(({ value }) => ({ value: value + 1 }));
    const toB = await b.listen(({ value }) => ({ value: value + 2 }));
    const ends = [ending(a, toB), ending(b, toA), ending(a, toA), ending(b, toB)];
    assert.equal(await Promise.all(ends), [2, 1, 1, 2]);
  });

  check('an exchange that is not answered ends at its deadline, no other does', async (create) => {
    const answers: ((outcome: Outcome) => void)[] = [];
    const peer = await create().listen(
      ({ value }) =>
        new Promise<Outcome>((resolve) => {
          if (value > 0) answers.push(resolve);
        }),
    );
    const initiator = create();
    const long = outcome(initiator, peer, { value: 1 }, 5000);
    assert.is(await ending(initiator, peer, { value: -1, initiator: 1 }, 50), 'timeout');
    answers[0]({ value: 7 });
    assert.equal(await long, { value: 7 });
  });

  check('an answer after the deadline is no answer to another exchange', async (create) => {
    const answers: ((outcome: Outcome) => void)[] = [];
    const peer = await create().listen(
      () => new Promise<Outcome>((resolve) => void answers.push(resolve)),
    );
    const initiator = create();
    assert.is(await ending(initiator, peer, {}, 50), 'timeout');
    const second = ending(initiator, peer, { round: 2 }, 5000);
    await until(() => answers.length === 2);
    answers[0]({ value: 1 });
    answers[1]({ value: 2 });
    assert.is(await second, 2);
  });

  check('a caller can lose interest', async (create) => {
    const peer = await create().listen(() => new Promise(() => {}));
    const initiator = create();
    const controller = new AbortController();
    const { signal } = controller;
    const options = { signal, deadline: 200 };
    const waiting = exchange(initiator, peer, request(), options).catch((error) => error);
    setTimeout(() => controller.abort(), 10);
    assert.is((await waiting).reason, 'canceled');
    const late = await exchange(initiator, peer, request(), options).catch((error) => error);
    assert.is(late.reason, 'canceled');
    assert.is(late.code, 'failed');
  });

  check('a refusal says why, returned or thrown, at once or later', async (create) => {
    const reasons: [RefusalReason, boolean][] = [
      ['unspecified', false],
      ['old-epoch', false],
      ['stale', false],
      ['unknown-node', false],
      ['overloaded', true],
      ['not-configured', true],
      ['stopping', false],
    ];
    const peer = await create().listen(({ partner, turn }) => {
      const refusal = refused(reasons[partner][0], `no ${partner}`);
      if (turn === 0) return refusal;
      if (turn === 1) return Promise.resolve(refusal);
      if (turn === 2) throw refusal;
      return Promise.reject(refusal);
    });
    const initiator = create();
    for (let partner = 0; partner < reasons.length; partner++) {
      for (let turn = 0; turn < 4; turn++) {
        const [reason, retryable] = reasons[partner];
        const error = await exchange(initiator, peer, request({ partner, turn })).catch((e) => e);
        assert.is(error.reason, 'refused');
        assert.is(error.refusal, reason);
        assert.is(error.retryable, retryable);
        assert.match(error.message, `no ${partner}`);
      }
    }
  });

  check('a handler that fails refuses, and goes on', async (create) => {
    const peer = await create().listen(({ turn, value }) => {
      if (turn === 0) throw new Error(`broken ${'x'.repeat(100_000)}`);
      if (turn === 1) return Promise.reject('broken');
      return { value };
    });
    const initiator = create();
    assert.is(await ending(initiator, peer, { turn: 0 }), 'refused unspecified!');
    assert.is(await ending(initiator, peer, { turn: 1 }), 'refused unspecified!');
    assert.is(await ending(initiator, peer, { turn: 2, value: 5 }), 5);
  });

  check('a peer that is not there is unreachable, until it is', async (create) => {
    const first = create();
    const peer = await first.listen(() => ({ value: 1 }));
    const initiator = create();
    assert.is(await ending(initiator, peer), 1);
    await first.close();
    await eventually(initiator, peer, 'unreachable');
    const second = create(peer);
    assert.is(await second.listen(() => ({ value: 2 })), peer);
    await eventually(initiator, peer, 2);
  });

  check('what is no address is unreachable for good', async (create) => {
    const end = await ending(create(), 'no address');
    assert.match(String(end), /^unreachable/);
  });

  check('closing ends what is under way, and all that follows', async (create) => {
    const peer = await create().listen(() => new Promise(() => {}));
    const initiator = create();
    const under = [ending(initiator, peer), ending(initiator, peer, { initiator: 1 })];
    await new Promise((resolve) => setTimeout(resolve, 20));
    under.push(ending(initiator, peer, { initiator: 2 }));
    await Promise.all([initiator.close(), initiator.close()]);
    assert.equal(await Promise.all(under), ['closed!', 'closed!', 'closed!']);
    assert.is(await ending(initiator, peer), 'closed!');
    await initiator.close();
  });

  check('a host that closes finishes what it has in hand and refuses the rest', async (create) => {
    const host = create();
    const answers: ((outcome: Outcome) => void)[] = [];
    const peer = await host.listen(
      () => new Promise<Outcome>((resolve) => void answers.push(resolve)),
    );
    const initiator = create();
    const inHand = ending(initiator, peer);
    await until(() => answers.length === 1);
    let closed = false;
    const closing = host.close().then(() => {
      closed = true;
    });
    assert.is(await ending(initiator, peer, { initiator: 1 }), 'refused stopping!');
    assert.is(closed, false);
    assert.is(answers.length, 1);
    answers[0]({ value: 3 });
    assert.is(await inHand, 3);
    await closing;
  });

  check('a connection that is dropped is opened anew', async (create) => {
    let answering = false;
    const peer = await create().listen(({ value }) =>
      answering ? { value } : new Promise<Outcome>(() => {}),
    );
    const initiator = create();
    initiator.disconnect(peer);
    const lost = ending(initiator, peer);
    await new Promise((resolve) => setTimeout(resolve, 20));
    initiator.disconnect(peer);
    answering = true;
    assert.is(await ending(initiator, peer, { value: 4, initiator: 1 }), 4);
    assert.is(await lost, 'closed');
  });

  transportSuite.run();
}

/** Exchanges until it ends so, which must come. */
async function eventually(
  initiator: Transport,
  peer: string,
  expected: number | string,
): Promise<void> {
  while ((await ending(initiator, peer)) !== expected) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
