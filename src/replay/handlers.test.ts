import { create } from '@bufbuild/protobuf';
import {
  Code,
  ConnectError,
  createClient,
  createRouterTransport,
  type HandlerContext,
} from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type RunPlace,
  RunPlaceSchema,
  SimulationService,
} from '../gen/gossip/v1/simulation_pb.ts';
import { complete, ring } from '../graph/generators/index.ts';
import { BASE } from '../host/configuration.fixture.ts';
import type { HostConfiguration } from '../host/host.ts';
import {
  createHistoryDecoder,
  createReplay,
  type OpenedRun,
  openReplay,
  runHandlers,
} from './index.ts';

const HOST: HostConfiguration = { ...BASE, graph: complete(5), start: { kind: 'numbers' } };
const MAX_ROUNDS = 50;
const NAMES = ['Ann', 'Bob', 'Cid', 'Dee', 'Eve'];

/** A client of runs that are opened by `open`, and the places that it was asked for. */
function clientOf(open: (place: RunPlace) => OpenedRun) {
  const asked: string[] = [];
  const handlers = runHandlers({
    async open(place) {
      asked.push(`${place.folder}/${place.graph}/${place.execution}/${place.run}`);
      return open(place);
    },
  });
  const transport = createRouterTransport((router) => {
    router.service(SimulationService, handlers);
  });
  return { client: createClient(SimulationService, transport), asked };
}

function played(host: Partial<HostConfiguration> = {}, lastRound: number | null = null) {
  const replay = createReplay({ host: { ...HOST, ...host }, maxRounds: MAX_ROUNDS }, 1);
  return openReplay(replay, NAMES, lastRound);
}

/** A run that is stored, and cannot be played. */
function stored(rounds: number[][]): OpenedRun {
  const history = () => rounds.map((values) => Float64Array.from(values));
  const replay = { problem: 'it has no manifest' };
  return { names: NAMES, aggregate: 'minimum', tolerance: 0, lastRound: 2, history, replay };
}

async function valuesOf(run: OpenedRun): Promise<number[][]> {
  const rounds: number[][] = [];
  for await (const values of run.history(new AbortController().signal)) rounds.push([...values]);
  return rounds;
}

async function refusal(call: Promise<unknown>): Promise<[string, string]> {
  return call.then(
    () => ['', 'it was done'],
    (error) => [Code[ConnectError.from(error).code], ConnectError.from(error).rawMessage],
  );
}

const place = { folder: 'club-1a2b3c4d', graph: 'karate' };

test('a history is read as it was played, in steps or exactly', async () => {
  for (const aggregate of ['minimum', 'mean'] as const) {
    const { client } = clientOf(() => played({ aggregate }));
    const expected = await valuesOf(played({ aggregate }));
    for (const exact of [false, true]) {
      const decoder = createHistoryDecoder();
      for await (const { part } of client.readHistory({ place, exact })) decoder.add(part!);
      assert.is(decoder.beginning?.lastRound, expected.length - 1);
      assert.equal(decoder.beginning?.place?.run, 1);
      assert.is(decoder.rounds.length, expected.length);
      for (const [round, values] of expected.entries()) {
        const read = Array.from(decoder.codes(round), (code) => decoder.valueOf(code));
        if (aggregate === 'mean' && !exact) {
          for (const [node, value] of values.entries()) {
            assert.ok(Math.abs(read[node] - value) <= 4 / 255 / 1.99);
          }
        } else assert.equal(read, values);
      }
    }
  }
});

test('values, exchanges and a node after each round', async () => {
  const { client, asked } = clientOf(() => played({ memory: 'complex', priorPartnerFactor: 0.25 }));
  const rounds = await valuesOf(played({ memory: 'complex', priorPartnerFactor: 0.25 }));
  const met = new Map<number, number>();
  for (const [round, values] of rounds.entries()) {
    assert.equal((await client.getValues({ place, round })).values, values);
    const node = await client.getNode({ place, node: 4, round });
    assert.is(node.name, 'Eve');
    assert.equal(
      node.values,
      rounds.slice(0, round + 1).map((held) => held[4]),
    );
    assert.equal(
      node.neighbors.map(({ name }) => name),
      ['Ann', 'Bob', 'Cid', 'Dee'],
    );
    if (round === 0) {
      assert.equal([node.meetings, node.choice, node.participations], [[], undefined, 0]);
      continue;
    }
    const seen = await client.getExchanges({ place, round });
    assert.equal(seen.initiators, [0, 1, 2, 3, 4]);
    seen.initiators.forEach((initiator, turn) => {
      const partner = seen.partners[turn];
      if (initiator === 4 || partner === 4) {
        const other = initiator === 4 ? partner : initiator;
        met.set(other, (met.get(other) ?? 0) + 1);
      }
      const both = [seen.initiatorsBefore[turn], seen.partnersBefore[turn]];
      assert.is(seen.initiatorsAfter[turn], Math.min(...both));
      assert.is(seen.partnersAfter[turn], Math.min(...both));
    });
    assert.equal(
      new Map(node.meetings.map((meeting) => [meeting.node, meeting.initiated + meeting.answered])),
      new Map([...met].sort(([a], [b]) => a - b)),
    );
    const { exchange, name, derivation, neighbors } = node.choice!;
    assert.equal([name, exchange!.round, exchange!.turn], ['Eve', round, 4]);
    assert.is(exchange!.other, seen.partners[4]);
    assert.is(exchange!.valueBefore, seen.initiatorsBefore[4]);
    assert.is(exchange!.valueAfter, seen.initiatorsAfter[4]);
    assert.match(derivation, `(${exchange!.otherName})`);
    assert.is(exchange!.otherName, NAMES[exchange!.other]);
    assert.is(neighbors.length, 4);
  }
  assert.equal(asked, ['club-1a2b3c4d/karate/1/1'], 'opened once');
});

test('what is stored is read, and why it cannot be played is said', async () => {
  const rounds = [
    [4, 3, 2, 1, 0],
    [1, 3, 0, 1, 0],
    [0, 0, 0, 0, 0],
  ];
  const { client } = clientOf(() => stored(rounds));
  assert.equal((await client.getValues({ place, round: 1 })).values, rounds[1]);
  const decoder = createHistoryDecoder();
  for await (const { part } of client.readHistory({ place })) decoder.add(part!);
  assert.equal(
    decoder.rounds.map(({ holding }) => holding),
    [1, 2, 5],
  );
  for (const call of [
    client.getExchanges({ place, round: 1 }),
    client.getNode({ place, node: 1, round: 1 }),
  ]) {
    assert.equal(await refusal(call), [
      'FailedPrecondition',
      'this run cannot be played again: it has no manifest',
    ]);
  }
  assert.equal(await refusal(client.getValues({ place, round: 3 })), [
    'OutOfRange',
    'there is no round 3: the run ended after round 2',
  ]);
});

test('what there is not is refused in words', async () => {
  const { client } = clientOf(() => played());
  const last = (await valuesOf(played())).length - 1;
  const beyond = ['OutOfRange', `there is no round ${last + 1}: the run ended after round ${last}`];
  const round = last + 1;
  assert.equal(await refusal(client.getValues({ place, round })), beyond);
  assert.equal(await refusal(client.getExchanges({ place, round })), beyond);
  assert.equal(await refusal(client.getNode({ place, round, node: 1 })), beyond);
  assert.equal(await refusal(client.getNode({ place, round: 1, node: 5 })), [
    'InvalidArgument',
    'there is no node 5: they are counted from 0 to 4',
  ]);
  assert.equal(await refusal(client.getExchanges({ place })), [
    'InvalidArgument',
    'rounds are counted from 1',
  ]);
  assert.equal(await refusal(client.getValues({ round: 1 })), [
    'InvalidArgument',
    'no run is named: give its place',
  ]);
});

test('a few runs stay open, and one that could not be opened is tried again', async () => {
  let broken = true;
  const { client, asked } = clientOf(() => {
    if (broken) throw new ConnectError('there is no such run', Code.NotFound);
    return played();
  });
  const ask = (run: number) => refusal(client.getValues({ place: { ...place, run }, round: 0 }));
  assert.equal(await ask(1), ['NotFound', 'there is no such run']);
  broken = false;
  assert.is((await ask(1))[1], 'it was done');
  assert.is((await ask(0))[1], 'it was done');
  assert.is(asked.length, 2);
  for (let run = 2; run <= 8; run++) await ask(run);
  await ask(1);
  assert.is(asked.length, 9, 'eight are open');
  await ask(9);
  await ask(1);
  assert.is(asked.length, 10, 'run 2 was asked for least recently');
  await ask(2);
  assert.is(asked.length, 11);
});

test('a caller who goes away is not answered to the end', async () => {
  const replay = createReplay({ host: { ...HOST, graph: ring(20_000) }, maxRounds: 100_000 }, 1);
  const run = openReplay(replay, Array(20_000).fill('somebody'), 100_000);
  let closed = 0;
  async function* history(signal: AbortSignal) {
    try {
      yield* replay.history(signal);
    } finally {
      closed++;
    }
  }
  const handlers = runHandlers({ open: async () => ({ ...run, history }) });
  const about = { round: 100_000, node: 1, exact: false, place: create(RunPlaceSchema, place) };
  const { readHistory, getNode, getValues, getExchanges } = SimulationService.method;
  for (const call of [
    async (context: HandlerContext) => {
      const request = create(readHistory.input, about);
      for await (const _ of handlers.readHistory(request, context));
    },
    (context: HandlerContext) => handlers.getNode(create(getNode.input, about), context),
    (context: HandlerContext) => handlers.getValues(create(getValues.input, about), context),
    (context: HandlerContext) => handlers.getExchanges(create(getExchanges.input, about), context),
  ]) {
    const { signal } = timeUp();
    assert.equal(await refusal(Promise.resolve(call({ signal } as HandlerContext))), [
      'Canceled',
      'the caller went away',
    ]);
  }
  assert.is(closed, 1);
});

/** Aborts when others run for the first time. */
function timeUp(): AbortController {
  const gone = new AbortController();
  const reason = new ConnectError('the caller went away', Code.Canceled);
  setTimeout(() => gone.abort(reason), 1);
  return gone;
}

test.run();
