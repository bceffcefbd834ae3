import { createLastExchanges } from './last-exchanges.ts';
import { createRounds, type Meeting, type Shard, type ShardSettings } from './shard.ts';

/**
 * A shard that plays synchronous rounds: each exchange carries the values that both held at the round's start, in any
 * order, and a node leaves the round when it has them all. The sums of a mean are made in the order of turns, as in
 * memory. Memory is not played this way: a pick that depends on contacts would have to be told to all neighbors first.
 */
export function createShardAtOnce(settings: ShardSettings): Shard {
  const { first, last, aggregate, link, plan } = settings;
  const own = last - first;
  const values = settings.start.slice(first, last);
  const participations = new Uint32Array(own);
  const roundOf = new Uint32Array(own);
  /** By node: how many exchanges of its round it still waits for. */
  const missing = new Uint32Array(own);
  /** By node: the other's value in each of its turns of the round. */
  const others: Float64Array[] = Array.from({ length: own }, () => new Float64Array(0));
  const lastExchanges = createLastExchanges(own);
  const initiated = createLastExchanges(own);
  const arrivals = new Map<number, { value: number; reply: (value: number) => void }>();
  const wake: number[] = [];
  let rounds: ReturnType<typeof createRounds> | null = null;
  let lastRound = -1;
  let busy = false;

  const holds = (node: number) => node >= first && node < last;
  const nameOf = (round: number, turn: number) => round * settings.graph.nodeCount + turn;

  function enter(node: number): void {
    const index = node - first;
    const round = roundOf[index];
    const { begin, turns, initiators, partners } = plan(round);
    missing[index] = begin[node + 1] - begin[node];
    others[index] = new Float64Array(missing[index]);
    for (let position = begin[node]; position < begin[node + 1]; position++) {
      const turn = turns[position];
      const meeting = { round, turn, initiator: initiators[turn], partner: partners[turn] };
      const other = meeting.initiator === node ? meeting.partner : meeting.initiator;
      if (holds(other)) {
        // The second of the two to enter brings both their values.
        if (roundOf[other - first] !== round || others[other - first].length === 0) continue;
        fill(node, meeting, values[other - first]);
        fill(other, meeting, values[index]);
      } else if (meeting.initiator === node) {
        link.exchange(meeting, values[index], (value) => {
          fill(node, meeting, value);
          run();
        });
      } else {
        const arrival = arrivals.get(nameOf(round, turn));
        if (arrival !== undefined) answer(meeting, arrival);
      }
    }
    if (begin[node] === begin[node + 1]) wake.push(node);
  }

  function answer(
    meeting: Meeting,
    { value, reply }: { value: number; reply: (value: number) => void },
  ): void {
    arrivals.delete(nameOf(meeting.round, meeting.turn));
    reply(values[meeting.partner - first]);
    fill(meeting.partner, meeting, value);
  }

  function fill(node: number, { round, turn }: Meeting, value: number): void {
    const { begin, turns } = plan(round);
    let position = begin[node];
    while (turns[position] !== turn) position++;
    others[node - first][position - begin[node]] = value;
    if (--missing[node - first] === 0) wake.push(node);
  }

  function leave(node: number): void {
    const index = node - first;
    const round = roundOf[index];
    const { begin, turns, initiators, partners } = plan(round);
    const contacts = (of: number) => begin[of + 1] - begin[of];
    const before = values[index];
    let after = before;
    for (let position = 0; position < others[index].length; position++) {
      const turn = turns[begin[node] + position];
      const other = others[index][position];
      if (initiators[turn] === node) rounds!.count(round, other !== before);
      if (other === before) continue;
      if (aggregate === 'minimum') after = Math.min(after, other);
      else if (aggregate === 'maximum') after = Math.max(after, other);
      else {
        const [from, to] = initiators[turn] === node ? [before, other] : [other, before];
        const step =
          (to - from) / (1 + Math.max(contacts(initiators[turn]), contacts(partners[turn])));
        after += initiators[turn] === node ? step : -step;
      }
    }
    values[index] = after;
    participations[index] += contacts(node);
    for (let position = begin[node]; position < begin[node + 1]; position++) {
      const turn = turns[position];
      const isInitiator = initiators[turn] === node;
      const other = isInitiator ? partners[turn] : initiators[turn];
      lastExchanges.note(index, round, turn, other, before, after);
      if (isInitiator) initiated.note(index, round, turn, other, before, after);
    }
    others[index] = new Float64Array(0);
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
    receive(meeting, value, reply) {
      const { round, turn, partner } = meeting;
      const arrival = { value, reply };
      const index = partner - first;
      arrivals.set(nameOf(round, turn), arrival);
      const waits = round <= lastRound && roundOf[index] === round && others[index].length > 0;
      if (waits) answer(meeting, arrival);
      run();
    },
    hear() {},
    look(node) {
      const index = node - first;
      return {
        value: values[index],
        participations: participations[index],
        last: lastExchanges.of(index),
        initiated: initiated.of(index),
        pickedBy: null,
      };
    },
  };
}
