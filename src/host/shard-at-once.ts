import { createLastExchanges } from './last-exchanges.ts';
import { UNDECIDED } from './round-plan.ts';
import { createRounds, type Meeting, type Shard, type ShardSettings } from './shard.ts';
import { createWeights, type ShardMemory } from './shard-memory.ts';

interface Arrival {
  readonly value: number;
  readonly reply: (value: number) => void;
}

/**
 * A shard that plays synchronous rounds: each exchange carries the values that both held at the round's start, in any
 * order, and a node leaves the round when it has them all. The sums of a mean are made in the order of turns, as in
 * memory. Where picks depend on contacts a node tells its own to its neighbors' hosts as it enters a round, and leaves it
 * when it knows all of theirs; a mean is not played this way, since it takes how many contacts the other has.
 */
export function createShardAtOnce(settings: ShardSettings, memory: ShardMemory | null): Shard {
  const { graph, first, last, aggregate, link, plan } = settings;
  const own = last - first;
  const values = settings.start.slice(first, last);
  const participations = new Uint32Array(own);
  const roundOf = new Uint32Array(own);
  /** By node: whether it is in its round, and of how many of its turns, or of its own telling, it waits for the end. */
  const entered = new Uint8Array(own);
  const missing = new Uint32Array(own);
  /** By node: of each of the round's turns that may concern it whether it is over, and the other's value. */
  const over: Uint8Array[] = new Array(own);
  const others: Float64Array[] = new Array(own);
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
  const isIn = (node: number, round: number) =>
    entered[node - first] === 1 && roundOf[node - first] === round;

  function meetingOf(round: number, turn: number): Meeting {
    const { initiators, partners } = plan(round);
    return { round, turn, initiator: initiators[turn], partner: partners[turn] };
  }

  function enter(node: number): void {
    const index = node - first;
    const round = roundOf[index];
    const { begin, turns, initiators, partners } = plan(round);
    const count = begin[node + 1] - begin[node];
    entered[index] = 1;
    missing[index] = count;
    over[index] = new Uint8Array(count);
    others[index] = new Float64Array(count);
    if (count === 0) wake.push(node);
    for (let position = begin[node]; position < begin[node + 1]; position++) {
      const turn = turns[position];
      if (initiators[turn] === node && partners[turn] === UNDECIDED) decide(node, round, turn);
      look(node, round, turn);
    }
  }

  function decide(node: number, round: number, turn: number): void {
    const partner = weights!.pick(node, plan(round), round, turn);
    missing[node - first]++;
    link.announce({ round, turn, initiator: node, partner }, () => {
      if (--missing[node - first] === 0) wake.push(node);
      run();
    });
    lookAround({ round, turn, initiator: node, partner });
  }

  /** A pick has become known: to all its neighbors here that wait for it. */
  function lookAround({ round, turn, initiator }: Meeting): void {
    const { offsets, neighbors } = graph;
    for (let slot = offsets[initiator]; slot < offsets[initiator + 1]; slot++) {
      const node = neighbors[slot];
      if (holds(node) && isIn(node, round)) look(node, round, turn);
    }
  }

  /** What a node in its round does about a turn that may concern it. */
  function look(node: number, round: number, turn: number): void {
    const meeting = meetingOf(round, turn);
    const { initiator, partner } = meeting;
    if (partner === UNDECIDED) return;
    if (initiator !== node && partner !== node) {
      end(node, meeting, Number.NaN);
      return;
    }
    const other = initiator === node ? partner : initiator;
    if (holds(other)) {
      // The second of the two to enter brings both their values.
      if (!isIn(other, round)) return;
      end(node, meeting, values[other - first]);
      end(other, meeting, values[node - first]);
    } else if (initiator === node) {
      link.exchange(meeting, values[node - first], (value) => {
        end(node, meeting, value);
        run();
      });
    } else {
      const arrival = arrivals.get(nameOf(round, turn));
      if (arrival === undefined) return;
      arrivals.delete(nameOf(round, turn));
      arrival.reply(values[node - first]);
      end(node, meeting, arrival.value);
    }
  }

  /** A turn is over for a node: the other's value is there, or it does not concern the node. */
  function end(node: number, { round, turn }: Meeting, value: number): void {
    const { begin, turns } = plan(round);
    let position = 0;
    while (turns[begin[node] + position] !== turn) position++;
    if (over[node - first][position] === 1) return;
    over[node - first][position] = 1;
    others[node - first][position] = value;
    if (--missing[node - first] === 0) wake.push(node);
  }

  function leave(node: number): void {
    const index = node - first;
    const round = roundOf[index];
    const { begin, turns, initiators, partners } = plan(round);
    const contacts = (of: number) => begin[of + 1] - begin[of];
    const before = values[index];
    const met: { turn: number; other: number; value: number }[] = [];
    for (let position = 0; position < others[index].length; position++) {
      const turn = turns[begin[node] + position];
      const [initiator, partner] = [initiators[turn], partners[turn]];
      if (initiator !== node && partner !== node) continue;
      const other = initiator === node ? partner : initiator;
      met.push({ turn, other, value: others[index][position] });
    }
    let after = before;
    for (const { turn, other, value } of met) {
      if (initiators[turn] === node) rounds!.count(round, value !== before);
      if (value === before) continue;
      if (aggregate === 'minimum') after = Math.min(after, value);
      else if (aggregate === 'maximum') after = Math.max(after, value);
      else {
        const [from, to] = initiators[turn] === node ? [before, value] : [value, before];
        const step = (to - from) / (1 + Math.max(contacts(node), contacts(other)));
        after += initiators[turn] === node ? step : -step;
      }
    }
    values[index] = after;
    participations[index] += met.length;
    if (after !== before) weights?.forget(node);
    for (const { turn, other } of met) {
      weights?.remember(node, other);
      lastExchanges.note(index, round, turn, other, before, after);
      if (initiators[turn] === node) initiated.note(index, round, turn, other, before, after);
    }
    entered[index] = 0;
    rounds!.leave(index, round, after, participations[index]);
    roundOf[index]++;
  }

  function run(): void {
    if (busy) return;
    busy = true;
    while (wake.length > 0) {
      const node = wake.pop()!;
      leave(node);
      if (roundOf[node - first] <= lastRound) enter(node);
    }
    busy = false;
  }

  return {
    play(from, to) {
      return new Promise((resolve) => {
        rounds = createRounds(own, from, to, resolve);
        lastRound = to;
        roundOf.fill(from);
        for (let node = first; node < last; node++) enter(node);
        run();
      });
    },
    receive({ round, turn, initiator, partner }, value, reply) {
      arrivals.set(nameOf(round, turn), { value, reply });
      if (weights !== null) plan(round).partners[turn] = partner;
      if (round <= lastRound && isIn(partner, round)) look(partner, round, turn);
      if (weights !== null) lookAround({ round, turn, initiator, partner });
      run();
    },
    hear(meeting) {
      plan(meeting.round).partners[meeting.turn] = meeting.partner;
      lookAround(meeting);
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
}
