import { createRouterTransport } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SimulationService } from '../gen/gossip/v1/simulation_pb.ts';
import { createSimulationClient } from './client.ts';
import { type Connection, createConnection } from './connection.ts';
import { retrying, StreamEnded } from './retrying.ts';

/** As much of a page as whether it is shown. */
const page = Object.assign(new EventTarget(), { hidden: false });
Object.assign(globalThis, { document: page });

function show(isShown: boolean): void {
  page.hidden = !isShown;
  page.dispatchEvent(new Event('visibilitychange'));
}

/** So long that only what never comes is missed, in milliseconds. */
const DEADLINE = 20_000;

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + DEADLINE;
  while (!holds()) {
    assert.ok(performance.now() < end, 'it never came');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** A connection to a server that ends each stream when `cut` is called, and all states that it had. */
function connect() {
  let cut = () => {};
  let streams = 0;
  const open = { now: 0 };
  const transport = createRouterTransport((router) =>
    router.service(SimulationService, {
      async *watchServer(_, { signal }) {
        streams++;
        open.now++;
        try {
          yield { jobs: [{ id: `${streams}` }] };
          await new Promise<void>((resolve) => {
            cut = resolve;
            signal.addEventListener('abort', () => resolve());
          });
        } finally {
          open.now--;
        }
      },
    }),
  );
  const source = createConnection(createSimulationClient(transport));
  const comes = (holds: (now: Connection) => boolean) => until(() => holds(source.now()));
  return { source, comes, open, cut: () => cut() };
}

test('says that the server went away and came back, and counts it', async () => {
  const { source, comes, cut } = connect();
  assert.is(source.now().state, 'connecting');
  const stop = source.start();
  await comes(({ state }) => state === 'connected');
  assert.equal([source.now().version, source.now().jobs[0].id], [0, '1']);
  cut();
  await comes(({ state }) => state === 'away');
  assert.type(source.now().nextAttempt, 'number');
  assert.is(source.now().jobs[0].id, '1', 'what was known is still shown');
  let asked = 0;
  const other = retrying(
    async () => {
      if (++asked === 1) throw new StreamEnded('away');
      return 'asked again at once';
    },
    { signal: new AbortController().signal, firstPause: 1e6 },
  );
  await comes(({ state }) => state === 'connected');
  assert.equal([source.now().version, source.now().jobs[0].id], [1, '2']);
  assert.is(await other, 'asked again at once');
  stop();
});

test('has no stream while the page is hidden', async () => {
  const { source, comes, open } = connect();
  const stop = source.start();
  await comes(({ state }) => state === 'connected');
  assert.is(open.now, 1);
  show(false);
  await until(() => open.now === 0);
  assert.is(source.now().state, 'connected', 'it was not lost');
  show(true);
  await comes(({ jobs }) => jobs[0].id === '2');
  assert.is(source.now().version, 0);
  stop();
});

test('an exported page has no server to wait for', async () => {
  const transport = createRouterTransport((router) => router.service(SimulationService, {}));
  const source = createConnection(createSimulationClient(transport));
  const states: string[] = [];
  const unsubscribe = source.subscribe(() => states.push(source.now().state));
  const stop = source.start();
  await until(() => states.length > 0);
  assert.equal(states, ['none']);
  unsubscribe();
  stop();
});

test.run();
