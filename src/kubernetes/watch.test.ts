import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seededDraw } from '../statistics/seeded-draw.ts';
import { timedTest } from '../transport/within.fixture.ts';
import { type Answer, type Asked, cut, json, status, withApiServer } from './api-server.fixture.ts';
import {
  type Cluster,
  CONFIG_MAP,
  type ConfigMap,
  type WatchAllOptions,
  type WatchTiming,
  watchAll,
} from './index.ts';

const QUICK: WatchTiming = { stream: 800, resync: 3_600_000, firstPause: 2, longestPause: 20 };

/** An object of the namespace ns, of which `uid` and `version` tell one from another. */
const object = (name: string, version: number, uid = name): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'ns', name, uid, resourceVersion: `${version}` },
});
const list = (version: number, ...items: ConfigMap[]) =>
  json({ metadata: { resourceVersion: `${version}` }, items });
const line = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;

/** A stream of these lines, and then: it ends, it is cut, or it goes on without any more. */
const stream =
  (lines: readonly string[], then: 'end' | 'cut' | 'hold'): Answer =>
  (response) => {
    response.writeHead(200);
    response.write(lines.join(''));
    response.flushHeaders();
    if (then === 'end') response.end();
    if (then === 'cut') setTimeout(() => response.destroy(), 10);
  };
const HOLD = stream([], 'hold');

/** What a watch told: each change as `name version uid`, or `name gone`, and its notices. */
interface Told {
  readonly changes: string[];
  readonly notices: string[];
  /** Waits for this change. */
  change(text: string): Promise<void>;
}

/** Watches a server that answers lists and watches one after the other as given, and the last again and again. */
async function watching(
  { lists, watches }: { lists: readonly Answer[]; watches: readonly Answer[] },
  use: (told: Told, asked: readonly Asked[], objects: ReadonlyMap<string, ConfigMap>) => unknown,
  timing: Partial<WatchTiming> = {},
): Promise<void> {
  const next = { list: 0, watch: 0 };
  const answer = ({ query }: Asked) =>
    query.has('watch')
      ? watches[Math.min(next.watch++, watches.length - 1)]
      : lists[Math.min(next.list++, lists.length - 1)];
  await withApiServer(answer, async (cluster, asked) => {
    const told = telling();
    const { onChange, notices } = told;
    const notice = (text: string) => notices.push(text);
    await whileWatching(cluster, { onChange, notice, timing: { ...QUICK, ...timing } }, (objects) =>
      use(told, asked, objects),
    );
  });
}

/** Watches until the use ends, however it ends. */
async function whileWatching(
  cluster: Cluster,
  options: Partial<WatchAllOptions<ConfigMap>> & Pick<WatchAllOptions<ConfigMap>, 'onChange'>,
  use: (objects: ReadonlyMap<string, ConfigMap>) => unknown,
): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const shared = { namespaces: null, signal, timing: QUICK };
  const { synced, ended, objects } = watchAll(cluster, CONFIG_MAP, { ...shared, ...options });
  try {
    await synced;
    await use(objects);
  } finally {
    controller.abort();
    await ended;
  }
}

function telling() {
  const changes: string[] = [];
  const notices: string[] = [];
  const onChange = (key: string, object: ConfigMap | null) => {
    const { uid, resourceVersion } = object?.metadata ?? {};
    changes.push(`${key.slice('ns/'.length)} ${object ? `${resourceVersion} ${uid}` : 'gone'}`);
  };
  const change = async (text: string) => {
    while (!changes.includes(text)) await sleep(2);
  };
  return { changes, notices, onChange, change };
}

const watchesIn = (asked: readonly Asked[]) =>
  asked.filter(({ query }) => query.has('watch')).map(({ query }) => query.get('resourceVersion'));

timedTest('a list, and the changes from its version', async () => {
  const changes = [
    line('ADDED', object('b', 11)),
    line('MODIFIED', object('a', 12)),
    line('DELETED', object('b', 13)),
    line('ADDED', object('c', 14)),
  ];
  const script = { lists: [list(10, object('a', 5))], watches: [stream(changes, 'hold')] };
  await watching(script, async ({ changes, notices, change }, asked, objects) => {
    await change('c 14 c');
    assert.equal(changes, ['a 5 a', 'b 11 b', 'a 12 a', 'b gone', 'c 14 c']);
    assert.equal([...objects.keys()], ['ns/a', 'ns/c']);
    const { query } = asked[1];
    assert.is(query.get('resourceVersion'), '10');
    assert.is(query.get('allowWatchBookmarks'), 'true');
    assert.ok(Number(query.get('timeoutSeconds')) > 0);
    assert.equal(notices, []);
  });
});

timedTest(
  'a stream that ends in time goes on from the last version, that of a bookmark too',
  async () => {
    const inTime: Answer = (response, { query }) => {
      response.write(line('BOOKMARK', { metadata: { resourceVersion: '50' } }));
      setTimeout(() => response.end(), Number(query.get('timeoutSeconds')) * 1000);
    };
    const next = stream([line('ADDED', object('b', 51))], 'hold');
    const script = { lists: [list(10, object('a', 5))], watches: [inTime, next] };
    await watching(script, async ({ changes, change }, asked) => {
      await change('b 51 b');
      assert.equal(changes, ['a 5 a', 'b 51 b']);
      assert.equal(watchesIn(asked), ['10', '50']);
      assert.is(asked.length, 3, 'one list');
    });
  },
);

timedTest(
  'whatever ends a stream, a new list tells what was missed, and nothing else',
  async () => {
    const before = list(10, object('a', 5), object('b', 6), object('c', 7), object('d', 8));
    const after = list(
      20,
      object('a', 5),
      object('b', 16),
      object('c', 17, 'other'),
      object('e', 18),
    );
    const gone = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' };
    const broken: [string, Answer, number][] = [
      ['it ends silently', stream([], 'end'), 0],
      ['it is cut', stream([], 'cut'), 1],
      ['it is cut in a line', stream(['{"type":"ADDED","ob'], 'cut'), 1],
      ['it ends in a line', stream(['{"type":"ADDED","ob'], 'end'), 0],
      ['it is no JSON', stream(['<html>\n'], 'end'), 1],
      ['its version is forgotten', status(410, 'Expired'), 0],
      ['its version is forgotten meanwhile', stream([line('ERROR', gone)], 'end'), 0],
      ['the server fails', status(500, 'InternalError'), 1],
      ['the server is gone', cut, 1],
    ];
    for (const [what, answer, notices] of broken) {
      const script = { lists: [before, after], watches: [answer, HOLD] };
      await watching(script, async (told, asked, objects) => {
        await told.change('e 18 e');
        while (watchesIn(asked).length < 2) await sleep(2);
        const missed = ['d gone', 'b 16 b', 'c 17 other', 'e 18 e'];
        assert.equal(told.changes, ['a 5 a', 'b 6 b', 'c 7 c', 'd 8 d', ...missed], what);
        assert.equal([...objects.keys()].sort(), ['ns/a', 'ns/b', 'ns/c', 'ns/e'], what);
        assert.equal(watchesIn(asked), ['10', '20'], what);
        // That it failed, and that it works again.
        assert.is(told.notices.length, 2 * notices, `${what}: ${told.notices}`);
      });
    }
  },
);

timedTest('a server that is away for a while is told once, and once when it is back', async () => {
  const away = [cut, status(503, ''), cut, status(403, 'Forbidden', 'not yet'), cut, cut];
  const script = {
    lists: [list(10, object('a', 5)), ...away, list(20, object('b', 15))],
    watches: [stream([], 'cut'), HOLD],
  };
  await watching(script, async ({ changes, notices, change }) => {
    await change('b 15 b');
    assert.equal(changes, ['a 5 a', 'a gone', 'b 15 b']);
    assert.is(notices.length, 2);
    assert.match(notices[0], /^cannot watch configmaps: \S+ does not answer .*; trying again …$/);
    assert.is(notices[1], 'the watch of configmaps works again');
  });
});

timedTest('a resync tells of everything, changed or not', async () => {
  const inTime: Answer = (response, { query }) => {
    setTimeout(() => response.end(), Number(query.get('timeoutSeconds')) * 1000);
    response.flushHeaders();
  };
  const lists = [
    list(10, object('a', 5), object('b', 6)),
    list(20, object('a', 5), object('c', 17)),
  ];
  await watching(
    { lists, watches: [inTime, HOLD] },
    async ({ changes, change }) => {
      await change('c 17 c');
      assert.equal(changes, ['a 5 a', 'b 6 b', 'b gone', 'a 5 a', 'c 17 c']);
    },
    { resync: 1 },
  );
});

timedTest(
  'namespaces are watched one by one, and a list of one removes nothing of another',
  async () => {
    let lists = 0;
    const answer = ({ path, query }: Asked): Answer => {
      const [, namespace] = /namespaces\/([^/]+)/.exec(path) ?? [];
      if (query.has('watch')) return namespace === 'one' && lists < 4 ? stream([], 'end') : HOLD;
      lists++;
      assert.is(query.get('labelSelector'), 'app=x');
      const { metadata } = object('a', lists);
      return json({
        metadata: { resourceVersion: '1' },
        items: [{ metadata: { ...metadata, namespace } }],
      });
    };
    await withApiServer(answer, async (cluster) => {
      const changes: string[] = [];
      const onChange = (key: string, object: ConfigMap | null) =>
        changes.push(`${key} ${object ? 'there' : 'gone'}`);
      const options = { namespaces: ['one', 'on'], labels: { app: 'x' }, onChange };
      await whileWatching(cluster, options, async (objects) => {
        while (lists < 4) await sleep(2);
        assert.equal([...objects.keys()].sort(), ['on/a', 'one/a']);
        assert.not.ok(changes.some((change) => change.endsWith('gone')));
      });
    });
  },
);

timedTest('a signal ends it at any time, and who waits for the first list is told', async () => {
  for (const answer of [HOLD, cut, status(403, 'Forbidden')]) {
    await withApiServer(
      () => answer,
      async (cluster) => {
        const controller = new AbortController();
        const { signal } = controller;
        const options = { namespaces: null, onChange() {}, signal, timing: QUICK };
        const { synced, ended } = watchAll(cluster, CONFIG_MAP, options);
        setTimeout(() => controller.abort('enough'), 20);
        assert.is(await synced.catch((reason) => reason), 'enough');
        await ended;
        const late = watchAll(cluster, CONFIG_MAP, options);
        assert.is(await late.synced.catch((reason) => reason), 'enough');
        await late.ended;
      },
    );
  }
});

timedTest(
  'however streams end, the cache becomes what the server has, and so do the changes told',
  async () => {
    for (const seed of [1, 2, 3]) {
      const server = unreliableServer(seededDraw(seed));
      await withApiServer(server.answer, async (cluster) => {
        const told = new Map<string, string | undefined>();
        const onChange = (key: string, object: ConfigMap | null) => {
          if (object === null) assert.ok(told.delete(key), 'only what was there goes');
          else told.set(key, object.metadata?.resourceVersion);
        };
        const timing = { ...QUICK, firstPause: 1, longestPause: 2 };
        await whileWatching(cluster, { onChange, timing }, async (objects) => {
          for (let change = 0; change < 400; change++) {
            server.change();
            if (change % 2 === 0) await sleep(1);
          }
          const text = (entries: Iterable<[string, string | undefined]>) =>
            JSON.stringify([...entries].sort());
          const known = () =>
            text([...objects].map(([key, { metadata }]) => [key, metadata?.resourceVersion]));
          while (known() !== text(server.state())) await sleep(2);
          assert.is(text(told), text(server.state()));
          assert.ok(server.ends() > 10, `${server.ends()} streams ended early`);
        });
      });
    }
  },
);

/** A server of objects that change, which ends streams in all ways, forgets versions, and fails now and then. */
function unreliableServer(draw: () => number) {
  const objects = new Map<string, ConfigMap>();
  const log: { readonly version: number; readonly text: string }[] = [];
  const streams = new Set<ServerResponse>();
  let [version, forgotten, ends] = [1, 0, 0];

  const answer = ({ query }: Asked): Answer => {
    if (draw() < 0.1) return draw() < 0.5 ? cut : status(500, 'InternalError');
    if (!query.has('watch')) return list(version, ...objects.values());
    const since = Number(query.get('resourceVersion'));
    if (since < forgotten) return status(410, 'Expired');
    return (response) => {
      const missed = log.filter(({ version }) => version > since).map(({ text }) => text);
      response.writeHead(200);
      response.flushHeaders();
      response.write(missed.join(''));
      streams.add(response);
    };
  };

  function end(response: ServerResponse, text: string): void {
    streams.delete(response);
    ends++;
    const way = draw();
    if (way < 0.4) response.end();
    else if (way < 0.7) response.end(text.slice(0, draw() * text.length));
    else response.destroy();
  }

  return {
    answer,
    change() {
      const name = `${Math.floor(draw() * 8)}`;
      version++;
      const before = objects.get(name);
      const changed = object(name, version, before?.metadata?.uid ?? `${name}-${version}`);
      const goes = before !== undefined && draw() < 0.4;
      if (goes) objects.delete(name);
      else objects.set(name, changed);
      const text = line(goes ? 'DELETED' : before ? 'MODIFIED' : 'ADDED', changed);
      log.push({ version, text });
      if (draw() < 0.1) forgotten = version;
      for (const response of streams) {
        if (draw() < 0.15) end(response, text);
        else response.write(text);
      }
    },
    state: () =>
      [...objects].map(([name, { metadata }]): [string, string | undefined] => [
        `ns/${name}`,
        metadata?.resourceVersion,
      ]),
    ends: () => ends,
  };
}

test.run();
