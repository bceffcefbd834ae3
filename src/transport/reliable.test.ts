import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createDirect, type DirectNetwork } from './direct.ts';
import { createReliable } from './reliable.ts';
import { ending, outcome } from './request.fixture.ts';
import type { Outcome, Transport } from './transport.ts';
import { refused, type TransportError } from './transport-error.ts';
import { timedTest, within } from './within.fixture.ts';

/** A reliable transport and a peer whose handler gets the number of the attempt, from 1. */
async function pair(handler: (attempt: number) => Outcome | Promise<Outcome>) {
  const network: DirectNetwork = new Map();
  let attempts = 0;
  const peer = await createDirect(network, 'b:1').listen(() => handler(++attempts));
  const transport: Transport = createReliable(createDirect(network, 'a:1'), {
    attempts: 3,
    pause: 1,
  });
  return { transport, peer, attempts: () => attempts };
}

timedTest('what may yet succeed is tried again, and counted', async () => {
  const { transport, peer, attempts } = await pair((attempt) =>
    attempt < 3 ? refused('overloaded', 'wait') : { value: 5 },
  );
  assert.is(await ending(transport, peer), 5);
  assert.is(attempts(), 3);
  assert.is(transport.traffic.retries, 2);
});

timedTest('what may not is not', async () => {
  const { transport, peer, attempts } = await pair(() => refused('stale', 'too late'));
  assert.is(await ending(transport, peer), 'refused stale!');
  assert.is(attempts(), 1);
});

timedTest('after the last attempt it ends, says so, and is not to be retried', async () => {
  const { transport, peer, attempts } = await pair(() => refused('overloaded', 'wait'));
  const error = (await outcome(transport, peer)) as TransportError;
  assert.is(error.refusal, 'overloaded');
  assert.is(error.retryable, false);
  assert.match(error.message, /wait \(tried 3 times\)/);
  assert.is(attempts(), 3);
});

timedTest('the deadline is that of an attempt', async () => {
  const { transport, peer, attempts } = await pair((attempt) =>
    attempt === 1 ? new Promise(() => {}) : { value: 5 },
  );
  assert.is(await within('second attempt', ending(transport, peer, {}, 20)), 5);
  assert.is(attempts(), 2);
});

timedTest('closing ends the wait for another attempt', async () => {
  const network: DirectNetwork = new Map();
  const transport = createReliable(createDirect(network, 'a:1'), { pause: 60_000 });
  const end = ending(transport, 'nobody:1');
  await new Promise((resolve) => setTimeout(resolve, 5));
  await transport.close();
  assert.is(await within('end', end), 'closed!');
});

test.run();
