import { create } from '@bufbuild/protobuf';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  ConfigureRequestSchema,
  type InspectResponse,
  InspectResponseSchema,
  PlayRequestSchema,
  ResetRequestSchema,
} from '../gen/gossip/v1/host_pb.ts';
import { graphFromEdges } from '../graph/index.ts';
import { createHost, type HostConfiguration } from '../host/index.ts';
import {
  createDirect,
  createReliable,
  type DirectNetwork,
  type ExchangeRequest,
  type Transport,
  TransportError,
} from '../transport/index.ts';
import { request } from '../transport/request.fixture.ts';
import { timedTest, within } from '../transport/within.fixture.ts';
import { type Configuration, configureRequest, settings, startOf } from './host.fixture.ts';
import { createSimulationHost, type SimulationHost } from './simulation-host.ts';

const PAIR = settings({ graph: graphFromEdges(2, Uint32Array.of(0), Uint32Array.of(1)) });

/** Two hosts that share the nodes, in this process. */
async function twoHosts(of: HostConfiguration) {
  const network: DirectNetwork = new Map();
  const { nodeCount } = of.graph;
  const middle = Math.ceil(nodeCount / 2);
  const shares = { a: { first: 0, end: middle }, b: { first: middle, end: nodeCount } };
  const peers = Object.entries(shares).map(([name, nodes]) => ({ nodes, address: `${name}:1` }));
  const hosts: SimulationHost[] = [];
  for (const { address } of peers) {
    const transport = createReliable(createDirect(network, address));
    const host = createSimulationHost(transport);
    await transport.listen((exchange) => host.answer(exchange));
    hosts.push(host);
  }
  const start = startOf(of);
  return {
    hosts,
    configure(given: Configuration = {}) {
      for (const [index, host] of hosts.entries()) {
        const { nodes } = peers[index];
        const parts = { ...configureRequest(of), nodes: [nodes], peers, ...given };
        host.configure(create(ConfigureRequestSchema, parts));
      }
    },
    reset(repetition: number, epoch = 1n) {
      const parts = create(ResetRequestSchema, { epoch, repetition, start });
      for (const host of hosts) host.reset(parts);
    },
    async play(repetition: number, firstRound: number, rounds: number, epoch = 1n) {
      const parts = create(PlayRequestSchema, { epoch, repetition, firstRound, rounds });
      const played = await Promise.all(hosts.map((host) => host.play(parts)));
      return played[0].rounds.map((round, index) => [
        ...round.values,
        ...played[1].rounds[index].values,
      ]);
    },
  };
}

/** A host that holds both nodes of a pair. */
function oneHost(): SimulationHost {
  const host = createSimulationHost(createDirect(new Map(), 'a:1'));
  const nodes = { first: 0, end: 2 };
  const parts = { ...configureRequest(PAIR), nodes: [nodes], peers: [{ nodes, address: 'a:1' }] };
  host.configure(create(ConfigureRequestSchema, parts));
  return host;
}

const resetWith = (given: { epoch?: bigint; repetition?: number; start?: number[] }) =>
  create(ResetRequestSchema, { epoch: 1n, repetition: 1, start: [5, 6], ...given });
const playOf = (given: {
  epoch?: bigint;
  repetition?: number;
  firstRound?: number;
  rounds?: number;
  start?: number[];
}) => create(PlayRequestSchema, { epoch: 1n, repetition: 1, firstRound: 1, rounds: 1, ...given });

/** What one host plays in memory. */
async function inMemory(of: HostConfiguration, repetition: number, rounds: number) {
  const host = createHost();
  await host.configure(of);
  await host.reset(repetition);
  const values: number[][] = [];
  for (let round = 1; round <= rounds; round++) {
    await host.play(round);
    values.push([...(await host.values())]);
  }
  return values;
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'it was done',
    (error) => (error as Error).message,
  );
}

timedTest('before Configure there is nothing to play, and nothing to see', async () => {
  const host = createSimulationHost(createDirect(new Map(), 'a:1'));
  assert.throws(() => host.reset(resetWith({})), /not configured/);
  assert.match(await refusal(host.play(playOf({}))), 'not configured');
  assert.throws(() => host.history(0), /not held here/);
  assert.throws(() => host.explain(0), /not held here/);
  assert.equal(host.inspect().nodes, []);
  assert.is(host.last, null);
});

test('Reset: an old epoch, a repetition that is not later, start values that do not fit', () => {
  const host = oneHost();
  const refused: [Parameters<typeof resetWith>[0], RegExp][] = [
    [{ epoch: 0n }, /epoch 0 is not the one configured, 1/],
    [{ epoch: 2n }, /epoch 2 is not the one configured, 1/],
    [{ repetition: 0 }, /repetition 0 is not later/],
    [{ start: [1] }, /start must have 2 finite values/],
    [{ start: [1, Number.NaN] }, /start must have 2 finite values/],
  ];
  for (const [given, says] of refused) assert.throws(() => host.reset(resetWith(given)), says);
  host.reset(resetWith({ repetition: 3 }));
  assert.throws(
    () => host.reset(resetWith({ repetition: 3 })),
    /3 is not later than the one before, 3/,
  );
  assert.throws(() => host.reset(resetWith({ repetition: 2 })), /2 is not later/);
});

timedTest('Play: rounds that are not the next ones, or of no run', async () => {
  const host = oneHost();
  assert.match(await refusal(host.play(playOf({}))), 'repetition 1 was not begun');
  host.reset(resetWith({}));
  await host.play(playOf({ rounds: 2 }));
  const refused: [Parameters<typeof playOf>[0], string][] = [
    [{ epoch: 2n, firstRound: 3 }, 'epoch 2 is not the one configured'],
    [{ firstRound: 2 }, 'the next round is 3, not 2'],
    [{ firstRound: 4 }, 'the next round is 3, not 4'],
    [{ firstRound: 3, repetition: 2 }, 'repetition 2 was not begun'],
    [{ firstRound: 3, rounds: 0 }, 'rounds must be 1..1024'],
    [{ firstRound: 3, rounds: 1025 }, 'rounds must be 1..1024'],
    [{ start: [5, 6] }, 'repetition 1 is not later'],
  ];
  for (const [given, says] of refused) assert.match(await refusal(host.play(playOf(given))), says);
  assert.is(host.last?.round, 2);
  await host.play(playOf({ firstRound: 3 }));
  assert.is(host.last?.round, 3);
  await host.play(playOf({ repetition: 2, start: [8, 9] }));
  assert.equal([...host.history(1)], [9, 8]);
});

timedTest('a later Configure takes the place of an earlier one, never the reverse', async () => {
  const { hosts, configure, reset, play } = await twoHosts(settings());
  configure({ epoch: 5n });
  for (const epoch of [4n, 5n]) assert.throws(() => configure({ epoch }), /not later than the one/);
  reset(1, 5n);
  await play(1, 1, 2, 5n);
  configure({ epoch: 6n });
  assert.is(hosts[0].last, null);
  assert.throws(() => reset(1, 5n), /epoch 5 is not the one configured, 6/);
  reset(1, 6n);
  assert.equal(await play(1, 1, 3, 6n), await inMemory(settings(), 1, 3));
});

for (const memory of ['none', 'complex'] as const) {
  timedTest(`a run that was given up leaves nothing in the next: memory ${memory}`, async () => {
    const of = settings({ memory });
    const { hosts, configure, reset, play } = await twoHosts(of);
    configure();
    reset(1);
    // The other host is not told to, so exchanges wait at it.
    const given = playOf({ rounds: 4 });
    const first = refusal(hosts[0].play(given));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.match(await refusal(hosts[0].play(given)), 'are being played, or could not be');
    reset(2);
    assert.match(await within('the first run fails', first), 'a new run was begun');
    assert.equal(await play(2, 1, 4), await inMemory(of, 2, 4));
  });
}

timedTest(
  'what becomes of an exchange of an earlier run does not touch the later one',
  async () => {
    const sent: Parameters<Transport['send']>[] = [];
    const transport = createDirect(new Map(), 'a:1');
    const host = createSimulationHost({ ...transport, send: (...args) => void sent.push(args) });
    const [nodes, others] = [
      { first: 0, end: 1 },
      { first: 1, end: 2 },
    ];
    const peers = [
      { nodes, address: 'a:1' },
      { nodes: others, address: 'b:1' },
    ];
    const parts = { ...configureRequest(PAIR), nodes: [nodes], peers };
    host.configure(create(ConfigureRequestSchema, parts));
    const first = refusal(host.play(playOf({ start: [5, 6] })));
    const second = host.play(playOf({ repetition: 2, start: [5, 4] }));
    assert.match(await first, 'a new run was begun');
    assert.is(sent.length, 2);
    const [[, , lose], [peer, { repetition, value }, reply]] = sent;
    assert.equal([peer, repetition, value], ['b:1', 2, 5]);
    lose(new TransportError('timeout', 'no answer', true));
    reply({ value: 4 });
    const back = request({ repetition, turn: 1, initiator: 1, partner: 0, value: 4 });
    assert.equal(host.answer(back), { value: 4 });
    const { rounds } = await second;
    const [round] = rounds;
    assert.equal([...round.values, ...round.participations], [4, 2]);
  },
);

timedTest('rounds that could not be played are not played again in the same run', async () => {
  const of = settings();
  const { hosts, configure, reset, play } = await twoHosts(of);
  configure();
  reset(1);
  const [host, other] = hosts;
  const first = refusal(host.play(playOf({})));
  await new Promise((resolve) => setTimeout(resolve, 20));
  other.stop();
  assert.match(
    await first,
    /^round 1: the exchange of node \d+ with node \d+ could not .*: the host was stopped$/,
  );
  assert.match(await refusal(host.play(playOf({}))), 'only a new run can be');
  reset(2);
  assert.equal(await play(2, 1, 2), await inMemory(of, 2, 2));
});

timedTest('peers are answered by what is planned, and refused what is not', async () => {
  const of = settings({ memory: 'plain', schedule: 'ascending' });
  const { hosts, configure, reset } = await twoHosts(of);
  const [host, other] = hosts;
  const ending = async (given: Partial<ExchangeRequest>) => {
    const outcome = await within('an answer', Promise.resolve(host.answer(request(given))));
    return outcome instanceof TransportError ? outcome.refusal : outcome.value;
  };
  assert.is(await ending({}), 'not-configured');
  configure({ epoch: 3n });
  assert.is(await ending({ epoch: 2 }), 'old-epoch');
  assert.is(await ending({ epoch: 4 }), 'not-configured');
  reset(2, 3n);
  const now = { epoch: 3, repetition: 2, initiator: 33, turn: 33, partner: 8 };
  assert.is(await ending({ ...now, repetition: 1 }), 'stale');
  assert.is(await ending({ ...now, initiator: 34 }), 'unknown-node');
  assert.is(await ending({ ...now, partner: 32 }), 'unknown-node', 'a node of others');
  assert.is(await ending({ ...now, partner: 0 }), 'unknown-node', 'not its neighbor');
  assert.is(await ending({ ...now, pickOnly: true, partner: 32 }), 0);
  assert.is(await ending({ ...now, turn: 34 }), 'unknown-node', "nobody's turn");
  assert.is(await ending({ ...now, initiator: 31, turn: 30 }), 'unknown-node', "another's turn");
  assert.is(await ending({ ...now, initiator: 30, round: 0 }), 'unknown-node', 'no round');
  assert.is(await ending({ ...now, initiator: 28, round: 1025 }), 'unknown-node', 'far ahead');
  // It waits for its turn, until the run is over.
  const waits = host.answer(request({ ...now, initiator: 32, turn: 32 }));
  configure({ epoch: 4n });
  const ended = await within('a refusal', Promise.resolve(waits));
  assert.is((ended as TransportError).refusal, 'old-epoch');
  // An exchange of a run that is to come waits too.
  const early = other.answer(request({ epoch: 4, initiator: 0, turn: 0, partner: 17 }));
  other.stop();
  const stopped = await within('a refusal', Promise.resolve(early));
  assert.is((stopped as TransportError).refusal, 'stopping');
});

timedTest('history: the start and each round, then only the last 10,000', async () => {
  const host = oneHost();
  host.reset(resetWith({ start: [3, 4] }));
  await host.play(playOf({ rounds: 2 }));
  assert.equal([...host.history(0)], [3, 3, 3]);
  assert.equal([...host.history(1)], [4, 3, 3]);
  for (let round = 3; round < 10_000; round += 1024) {
    await host.play(playOf({ firstRound: round, rounds: 1024 }));
  }
  assert.is(host.last?.round, 10_242);
  assert.equal([...host.history(1)], new Array(10_000).fill(3));
  assert.throws(() => host.history(2), /node 2 is not held here/);
});

const CASES = [
  { memory: 'none', schedule: 'ascending' },
  { memory: 'none', schedule: 'random' },
  { memory: 'none', schedule: 'synchronous' },
  { memory: 'complex', schedule: 'synchronous' },
  { memory: 'plain', schedule: 'ascending' },
  { memory: 'complex', schedule: 'shuffled' },
] as const;

for (const { memory, schedule } of CASES) {
  timedTest(`what people see fits what was played: ${schedule}, memory ${memory}`, async () => {
    const weights = Float64Array.from(settings().graph.neighbors, (_, slot) => 1 + (slot % 3));
    const of = settings({ memory, schedule, weights: memory === 'none' ? null : weights });
    const names = Array.from({ length: 34 }, (_, node) => `member ${node}`);
    const { hosts, configure, reset, play } = await twoHosts(of);
    configure({ names });
    assert.equal(hosts[0].inspect().nodes, []);
    reset(1);
    const look = (): InspectResponse['nodes'] =>
      hosts.flatMap((host) => create(InspectResponseSchema, host.inspect()).nodes);
    assert.throws(() => hosts[0].explain(0), /node member 0 has not initiated an exchange/);
    let before = look();
    assert.ok(before.every(({ lastExchange }) => lastExchange === undefined));
    assert.equal(
      before[0].neighbors.map(({ weight }) => weight),
      [...(of.weights ?? new Array(156).fill(1))].slice(0, 16),
    );
    for (let round = 1; round <= 5; round++) {
      const [values] = await play(1, round, 1);
      const nodes = look();
      assert.equal(
        nodes.map(({ value }) => value),
        values,
      );
      for (const { node, name, value, neighbors, lastExchange } of nodes) {
        assert.is(name, `member ${node}`);
        if (lastExchange === undefined) continue;
        assert.is(lastExchange.valueAfter, value);
        const { other, initiated } = lastExchange;
        assert.is(lastExchange.otherName, `member ${other}`);
        assert.ok(neighbors.some((neighbor) => neighbor.node === other));
        if (schedule === 'ascending' && initiated) assert.is(lastExchange.turn, node);
      }
      for (const { node } of nodes) {
        const host = hosts[node < 17 ? 0 : 1];
        if (schedule === 'random' && !nodes[node].lastExchange?.initiated) continue;
        const { exchange, neighbors, draws, derivation } = host.explain(node);
        const partner = neighbors!.find((neighbor) => neighbor.node === exchange!.other);
        assert.ok(exchange!.initiated && partner !== undefined && partner.weight! > 0);
        assert.match(derivation!, `(member ${exchange!.other})`);
        assert.ok(draws!.length > 0);
        // The first to pick in a round goes by the weights that the round before has left.
        if (exchange!.round === round && exchange!.turn === 0) {
          const weightsOf = (list: readonly { weight?: number }[]) =>
            list.map(({ weight }) => weight);
          assert.equal(weightsOf(neighbors!), weightsOf(before[node].neighbors));
        }
      }
      before = nodes;
    }
    assert.throws(() => hosts[0].explain(17), /node 17 is not held here/);
  });
}

test.run();
