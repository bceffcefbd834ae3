import { createLastExchanges } from './last-exchanges.ts';
import { UNDECIDED } from './round-plan.ts';
import { createRounds, exchanged, type Meeting, type Shard, type ShardSettings } from './shard.ts';
import { createWeights, type ShardMemory } from './shard-memory.ts';

interface Arrival {
  readonly value: number;
  readonly reply: (value: number) => void;
}

/**
 * A shard that plays exchanges in the order of turns. Nothing says whose turn it is: each node has its own turn and
 * its neighbors' before it in the plan, and takes part in its exchanges one after the other in that order; that fixes
 * the trace, whatever the order in which messages arrive, while nodes that do not meet go on side by side, also into
 * later rounds.
 */
export function createShardInTurn(settings: ShardSettings, memory: ShardMemory | null): Shard {
  const { graph, first, last, aggregate, link, plan } = settings;
  const { offsets, neighbors } = graph;
  const own = last - first;
  const values = settings.start.slice(first, last);
  const participations = new Uint32Array(own);
  /** By node: the round it is in, and how many of that round's turns it has left behind. */
  const roundOf = new Uint32Array(own);
  const passed = new Uint32Array(own);
  /** By node: whether its exchange at the head is on its way. */
  const sent = new Uint8Array(own);
  /** By node: whether its last pick is on its way to the neighbors' hosts. */
  const telling = new Uint8Array(own);
  const lastExchanges = createLastExchanges(own);
  const initiated = createLastExchanges(own);
  const weights = memory === null ? null : createWeights(memory, graph, first, last);
  const arrivals = new Map<number, Arrival>();
  const wake: number[] = [];
  let rounds: ReturnType<typeof createRounds> | null = null;
  let lastRound = -1;
  let busy = false;

  const holds = (node: number) => node >= first && node < last;
  const nameOf = (round: number, turn: number) => round * graph.nodeCount + turn;

  /** The turn that a node waits for, or -1. */
  function head(node: number): number {
    const at = roundOf[node - first];
    if (at > lastRound) return -1;
    const { begin, turns } = plan(at);
    const position = begin[node] + passed[node - first];
    return position < begin[node + 1] ? turns[position] : -1;
  }

  function decide(node: number, round: number, turn: number): number {
    const partner = weights!.pick(node, plan(round), round, turn);
    telling[node - first] = 1;
    link.announce({ round, turn, initiator: node, partner }, () => {
      telling[node - first] = 0;
      wake.push(node);
      run();
    });
    for (let slot = offsets[node]; slot < offsets[node + 1]; slot++) {
      if (holds(neighbors[slot])) wake.push(neighbors[slot]);
    }
    return partner;
  }

  function settle(
    node: number,
    { round, turn, initiator, partner }: Meeting,
    before: number,
    after: number,
  ): void {
    const index = node - first;
    const other = node === initiator ? partner : initiator;
    values[index] = after;
    participations[index]++;
    passed[index]++;
    lastExchanges.note(index, round, turn, other, before, after);
    if (node === initiator) initiated.note(index, round, turn, other, before, after);
    if (weights === null) return;
    if (after !== before) weights.forget(node);
    weights.remember(node, other);
  }

  function advance(node: number): void {
    const index = node - first;
    while (roundOf[index] <= lastRound) {
      const round = roundOf[index];
      const turn = head(node);
      if (turn < 0) {
        roundOf[index]++;
        passed[index] = 0;
        rounds!.leave(index, round, values[index], participations[index]);
        continue;
      }
      const { initiators, partners } = plan(round);
      const initiator = initiators[turn];
      let partner = partners[turn];
      if (partner === UNDECIDED) {
        // One pick is told before the next is made, so that they arrive in order.
        if (initiator !== node || telling[index] === 1) return;
        partner = decide(node, round, turn);
      }
      if (initiator !== node && partner !== node) passed[index]++;
      else if (holds(initiator) && holds(partner)) {
        const other = initiator === node ? partner : initiator;
        if (roundOf[other - first] !== round || head(other) !== turn) return;
        meetHere({ round, turn, initiator, partner });
        wake.push(other);
      } else if (initiator === node) {
        if (sent[index] === 0) send({ round, turn, initiator, partner });
        return;
      } else {
        const name = nameOf(round, turn);
        const arrival = arrivals.get(name);
        if (arrival === undefined) return;
        arrivals.delete(name);
        const before = values[index];
        const after = exchanged(aggregate, arrival.value, before)[1];
        settle(node, { round, turn, initiator, partner }, before, after);
        arrival.reply(before);
      }
    }
  }

  function meetHere(meeting: Meeting): void {
    const { round, initiator, partner } = meeting;
    const own = values[initiator - first];
    const other = values[partner - first];
    const [ownAfter, otherAfter] = exchanged(aggregate, own, other);
    rounds!.count(round, own !== other);
    settle(initiator, meeting, own, ownAfter);
    settle(partner, meeting, other, otherAfter);
  }

  function send(meeting: Meeting): void {
    const { initiator, round } = meeting;
    const index = initiator - first;
    const before = values[index];
    sent[index] = 1;
    link.exchange(meeting, before, (other) => {
      sent[index] = 0;
      rounds!.count(round, before !== other);
      settle(initiator, meeting, before, exchanged(aggregate, before, other)[0]);
      wake.push(initiator);
      run();
    });
  }

  function run(): void {
    // Replies may come while nodes are being advanced; they only join the queue then.
    if (busy) return;
    busy = true;
    while (wake.length > 0) advance(wake.pop()!);
    busy = false;
  }

  return {
    play(from, to) {
      return new Promise((resolve) => {
        rounds = createRounds(own, from, to, resolve);
        lastRound = to;
        roundOf.fill(from);
        passed.fill(0);
        for (let node = last - 1; node >= first; node--) wake.push(node);
        run();
      });
    },
    receive({ round, turn, initiator, partner }, value, reply) {
      arrivals.set(nameOf(round, turn), { value, reply });
      if (round > lastRound) return;
      if (memory !== null) plan(round).partners[turn] = partner;
      for (const node of memory === null ? [partner] : neighborsHere(initiator)) wake.push(node);
      run();
    },
    hear({ round, turn, initiator, partner }) {
      plan(round).partners[turn] = partner;
      for (const node of neighborsHere(initiator)) wake.push(node);
      run();
    },
    look(node) {
      const index = node - first;
      return {
        value: values[index],
        participations: participations[index],
        last: lastExchanges.of(index),
        initiated: initiated.of(index),
        pickedBy: weights?.pickedBy(node) ?? null,
      };
    },
  };

  function neighborsHere(node: number): number[] {
    return [...neighbors.subarray(offsets[node], offsets[node + 1])].filter(holds);
  }
}
