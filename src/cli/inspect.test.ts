import { fromJson } from '@bufbuild/protobuf';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  ExplainResponseSchema,
  InspectResponseSchema,
  WatchResponseSchema,
} from '../gen/gossip/v1/host_pb.ts';
import { clientOf, driverOf, settings, withHosts } from '../service/host.fixture.ts';
import { timedTest, within } from '../transport/within.fixture.ts';
import { gossip, startGossip } from './command.fixture.ts';
import { printable, roundText } from './inspect-text.ts';

const TOKEN = 'a secret';
const NAMES = Array.from({ length: 34 }, (_, node) => `m${node + 1}`);

/** Uses a host of karate's nodes, called m1 to m34, after some rounds; `address` is where people look. */
async function afterRounds(
  rounds: number,
  use: (address: string, play: (rounds: number) => Promise<unknown>) => Promise<void>,
  token = '',
): Promise<void> {
  const before = process.env.GOSSIP_TOKEN;
  process.env.GOSSIP_TOKEN = token;
  try {
    await withHosts(1, async (hosts) => {
      const driver = driverOf(hosts, settings({ memory: 'complex' }), token);
      await driver.configure({ names: NAMES });
      await driver.reset(1);
      if (rounds > 0) await driver.play(rounds);
      await use(`127.0.0.1:${hosts[0].port}`, driver.play);
    });
  } finally {
    if (before === undefined) delete process.env.GOSSIP_TOKEN;
    else process.env.GOSSIP_TOKEN = before;
  }
}

timedTest('a host that is not configured, and one that has begun no run', () =>
  withHosts(1, async (hosts) => {
    const address = `127.0.0.1:${hosts[0].port}`;
    const nothing = await gossip('inspect', address);
    assert.is(nothing.code, 0, nothing.stderr);
    assert.match(nothing.stdout, `Host ${address}: gossip 1.2.3, peer port `);
    assert.match(nothing.stdout, 'not configured yet');
    await driverOf(hosts, settings()).configure();
    assert.match((await gossip('inspect', address)).stdout, 'no run begun yet');
    const why = await gossip('inspect', address, '--why', '0');
    assert.is(why.code, 2);
    assert.match(why.stderr, 'begun no run yet');
  }),
);

timedTest('nodes, values, weights, last exchanges, as a table and as JSON', () =>
  afterRounds(
    2,
    async (address) => {
      const table = await gossip('inspect', address);
      assert.is(table.code, 0, table.stderr);
      assert.match(table.stdout, 'epoch 1, repetition 1, round 2; 34 of 34 nodes');
      const lines = table.stdout.split('\n');
      assert.match(
        lines[3],
        /^node +value +participations +weights of its neighbors +last exchange$/,
      );
      assert.is(lines.filter((line) => /^m\d+ +\d+ +\d+ +m\d+: [\d.]+/.test(line)).length, 34);
      assert.match(table.stdout, /^m34 .* … 9 more +round 2, picked m\d+, \d+ to \d+$/m);
      const json = await gossip('inspect', address, '--format', 'json');
      const { version, peerPort, nodeCount, ...held } = JSON.parse(json.stdout);
      assert.equal([version, nodeCount], ['1.2.3', 34]);
      assert.ok(peerPort > 0);
      const { nodes } = fromJson(InspectResponseSchema, held);
      assert.equal(
        nodes.map(({ name }) => name),
        NAMES,
      );
      assert.ok(nodes.some(({ neighbors }) => neighbors.some(({ weight }) => weight === 0.5)));
    },
    TOKEN,
  ),
);

timedTest('--why: the weights, the draw, the neighbor', () =>
  afterRounds(2, async (address) => {
    const { code, stdout, stderr } = await gossip('inspect', address, '--why', 'm33');
    assert.is(code, 0, stderr);
    const [, partner] = /^Node m33 picked (m\d+) in round 2, turn 32, and /.exec(stdout) ?? [];
    assert.match(stdout, new RegExp(`^${partner} +[\\d.]+ +[\\d.]+ % +picked$`, 'm'));
    assert.match(
      stdout,
      new RegExp(`^Draw: 0\\.\\d+ x .* at place \\d+ \\(${partner}\\)\\.$`, 'm'),
    );
    const shares = [...stdout.matchAll(/ ([\d.]+) %/g)].map(([, share]) => Number(share));
    assert.is(shares.length, 12);
    assert.ok(Math.abs(shares.reduce((sum, share) => sum + share) - 100) < 1);
    const json = await gossip('inspect', address, '--why', 'm33', '--format', 'json');
    const explained = fromJson(ExplainResponseSchema, JSON.parse(json.stdout));
    assert.is(explained.exchange?.otherName, partner);
    assert.is(explained.draws.length, 1);
    const nobody = await gossip('inspect', address, '--why', '33');
    assert.is(nobody.code, 2);
    assert.match(
      nobody.stderr,
      'node 33 is not held by this host, which has m1, m2, m3, m4, m5, …',
    );
  }),
);

timedTest('--watch: each round as it is played, until the host stops', () =>
  afterRounds(1, async (address, play) => {
    for (const format of ['table', 'json']) {
      const { child, ended } = startGossip('inspect', address, '--watch', '--format', format);
      const lines: string[] = [];
      await new Promise<void>((resolve) => {
        child.stdout!.on('data', async (chunk) => {
          lines.push(chunk.toString());
          if (lines.length === 1) await play(1);
          else resolve();
        });
      });
      if (format === 'table') child.kill('SIGINT');
      else await clientOf({ port: Number(address.split(':')[1]) }).stop({});
      const { code, stdout, stderr } = await within('it ends', ended);
      assert.is(stderr, '');
      const rounds = stdout.trim().split('\n');
      assert.is(rounds.length, 2);
      if (format === 'table') {
        assert.is(code, 130);
        assert.match(rounds[1], /^repetition 1, round 2; \d+ values among 34 nodes; m1: \d+, m2: /);
      } else {
        assert.is(code, 0);
        assert.is(fromJson(WatchResponseSchema, JSON.parse(rounds[1])).round, 3);
      }
    }
  }),
);

timedTest('what cannot be inspected', () =>
  afterRounds(
    0,
    async (address) => {
      process.env.GOSSIP_TOKEN = 'another';
      const tries: [args: string[], code: number, says: string][] = [
        [[address], 2, `the host at ${address} wants its token: set GOSSIP_TOKEN`],
        [[address, '--watch'], 2, 'wants its token'],
        [['127.0.0.1:1'], 1, 'the host at 127.0.0.1:1 does not answer: '],
        [['127.0.0.1:1', '--watch'], 1, 'does not answer'],
        [['nowhere.invalid:50051'], 2, 'nowhere.invalid:50051 does not resolve'],
        [['nonsense'], 2, '"nonsense" is no address'],
        [[address, '--watch', '--why', '3'], 2, 'cannot be used with'],
        [[], 2, "missing required argument 'address'"],
      ];
      for (const [args, code, says] of tries) {
        const said = await gossip('inspect', ...args);
        assert.match(said.stderr, says);
        assert.is(said.code, code, says);
      }
    },
    TOKEN,
  ),
);

test('what strangers say is not obeyed by a terminal', () => {
  assert.is(printable('\u001b[31mred\u001b[0m\r\n\u0007\u202e'), 'red����');
  const nodes = [{ node: 3, value: 1.5 }] as never;
  const round = { repetition: 1, round: 2, nodes } as never;
  assert.is(roundText(round, new Map([[3, 'a\nb']])), 'repetition 1, round 2; a�b: 1.5');
});

test.run();
