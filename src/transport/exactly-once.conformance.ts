import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exchange } from './exchange.ts';
import { allFaults, createFaulty } from './faulty.ts';
import { createLedger } from './ledger.ts';
import { createReliable } from './reliable.ts';
import { request } from './request.fixture.ts';
import type { CreateTransport } from './transport.conformance.ts';
import { within } from './within.fixture.ts';

const NODES = 40;

/** With a ledger at the partner and retries at the initiator, faults of a transport change no exchange. */
export function exactlyOnceConformance(name: string, open: () => CreateTransport): void {
  const exactlyOnce = suite(`exactly once: ${name}`);

  // In sum over the five faults: 1 % to 30 %, and all but every other exchange.
  for (const [percent, rounds] of [
    [1, 60],
    [10, 20],
    [30, 10],
    [90, 3],
  ]) {
    exactlyOnce(`${percent} % of exchanges are hit`, async () => {
      const create = open();
      const host = create();
      const inner = createFaulty(create(), {
        ...allFaults(percent, percent / 500),
        longestDelay: 5,
      });
      const initiator = createReliable(inner, { attempts: 100, pause: 1, longestPause: 5 });
      const ledger = createLedger();
      ledger.begin(1, NODES);
      const applied = new Map<string, number>();
      const peer = await host.listen((request) =>
        ledger.answer(request, ({ initiator, round, value }) => {
          const exchange = `${initiator}/${round}`;
          assert.not.ok(applied.has(exchange), `${exchange} is applied again`);
          applied.set(exchange, value);
          return { value: applied.size };
        }),
      );
      const replies = new Set<number>();
      const nodes = Array.from({ length: NODES }, async (_, node) => {
        for (let round = 1; round <= rounds; round++) {
          const sent = request({ initiator: node, round, value: node * 1000 + round });
          const { value } = await exchange(initiator, peer, sent, { deadline: 60 });
          assert.not.ok(replies.has(value));
          replies.add(value);
          assert.is(applied.get(`${node}/${round}`), sent.value);
        }
      });
      try {
        await within(`${name}: ${percent} %`, Promise.all(nodes));
        assert.is(applied.size, NODES * rounds);
        assert.is(replies.size, NODES * rounds);
        assert.ok(initiator.traffic.retries > 0);
      } finally {
        const closed = Promise.all([initiator.close(100), host.close(100)]);
        await within(`${name}: close`, closed);
      }
    });
  }

  exactlyOnce.run();
}
