import { degreeOf } from '../graph/index.ts';
import { finalValue } from './aggregate.ts';
import type { HostConfiguration } from './host.ts';
import type { Played } from './play.ts';
import type { Progress } from './progress.ts';
import { deriveKey, integer, type Key, Purpose, seedWords, unit } from './random.ts';
import { aliasTables, LARGE_DEGREE, pickByAlias } from './sampling.ts';
import { drawTurns } from './schedule.ts';
import { startValues } from './start.ts';

/** One side of an edge. */
interface Side {
  readonly owner: NaiveNode;
  readonly neighbor: number;
  readonly start: number;
  weight: number;
  met: boolean;
}

interface NaiveNode {
  value: number;
  participations: number;
  readonly sides: Side[];
}

/** The rules of a host once more, as plainly as they can be written: what the tests compare the host with. */
export function createNaive(configuration: HostConfiguration) {
  const { graph, weights, memory, priorPartnerFactor, aggregate, schedule } = configuration;
  const { seed, graphWords, tolerance } = configuration;
  const mean = aggregate === 'mean';
  const best = aggregate === 'maximum' ? Math.max : Math.min;
  const nodes: NaiveNode[] = [];
  let repetition = 0;
  let final = 0;
  let range = 0;

  const key = (purpose: number, ...words: number[]) =>
    deriveKey([purpose, ...seedWords(seed), ...graphWords, ...words]);

  function reset(next: number): Progress {
    repetition = next;
    const purpose = configuration.start.kind === 'source' ? Purpose.source : Purpose.start;
    const startKey = configuration.redraw === 'run' ? key(purpose, repetition) : key(purpose);
    const values = startValues(graph, configuration.start, aggregate, startKey);
    final = finalValue(aggregate, values);
    range = Math.max(...values) - Math.min(...values);
    nodes.length = 0;
    for (let i = 0; i < graph.nodeCount; i++) {
      const node: NaiveNode = { value: values[i], participations: 0, sides: [] };
      for (let slot = graph.offsets[i]; slot < graph.offsets[i + 1]; slot++) {
        const start = weights === null ? 1 : weights[slot];
        const neighbor = graph.neighbors[slot];
        node.sides.push({ owner: node, neighbor, start, weight: start, met: false });
      }
      nodes.push(node);
    }
    return progress();
  }

  function progress(): Progress {
    const values = nodes.map((node) => node.value);
    const holds = (value: number) =>
      mean ? Math.abs(value - final) <= tolerance * range : value === final;
    const holding = values.filter(holds).length;
    const converged = mean
      ? Math.max(...values) - Math.min(...values) <= tolerance * range
      : holding === values.length;
    return { converged, holding };
  }

  function pick({ sides }: NaiveNode, { k0, k1 }: Key, counter: number): Side {
    const starts = Float64Array.from(sides, (side) => side.start);
    const byStart = (u: number) =>
      sides[pickByAlias(aliasTables(Uint32Array.of(0, sides.length), starts), 0, sides.length, u)];
    const draw = (attempt: number) => unit(k0, k1, counter, attempt);
    if (memory === 'none') {
      return weights === null ? sides[integer(k0, k1, counter, sides.length)] : byStart(draw(0));
    }
    let attempt = 0;
    if (sides.length >= LARGE_DEGREE) {
      for (; attempt < 8; attempt += 2) {
        const side = byStart(draw(attempt));
        if (draw(attempt + 1) * side.start < side.weight) return side;
      }
    }
    let sum = 0;
    for (const side of sides) sum += side.weight;
    if (sum === 0) return sides[Math.floor(draw(attempt) * sides.length)];
    let reached = 0;
    for (const side of sides) {
      reached += side.weight;
      if (draw(attempt) * sum < reached) return side;
    }
    return sides.findLast((side) => side.weight > 0)!;
  }

  function opposite(side: Side): Side {
    const owner = nodes.indexOf(side.owner);
    return nodes[side.neighbor].sides.find((back) => back.neighbor === owner)!;
  }

  function remember(side: Side): void {
    if (memory === 'none' || (memory === 'plain' && side.met)) return;
    side.met = true;
    side.weight *= priorPartnerFactor;
  }

  function forget(node: NaiveNode): void {
    if (memory === 'complex') for (const side of node.sides) side.weight = side.start;
  }

  function exchange(side: Side): boolean {
    const back = opposite(side);
    const own = side.owner.value;
    const other = back.owner.value;
    side.owner.value = mean ? own + (other - own) / 2 : best(own, other);
    back.owner.value = mean ? own + other - side.owner.value : side.owner.value;
    if (own === other) back.owner.value = other;
    for (const [s, before] of [[side, own] as const, [back, other] as const]) {
      s.owner.participations++;
      if (s.owner.value !== before) forget(s.owner);
      remember(s);
    }
    return own !== other;
  }

  function exchangeAtOnce(sides: readonly Side[]): number {
    const before = new Map(nodes.map((node) => [node, node.value]));
    const contacts = new Map(nodes.map((node) => [node, 0]));
    const pairs = sides.map((side) => [side.owner, nodes[side.neighbor]] as const);
    for (const node of pairs.flat()) contacts.set(node, contacts.get(node)! + 1);
    let useful = 0;
    for (const [node, partner] of pairs) {
      const own = before.get(node)!;
      const other = before.get(partner)!;
      if (own !== other) useful++;
      const step = (other - own) / (1 + Math.max(contacts.get(node)!, contacts.get(partner)!));
      node.value = mean ? node.value + step : best(node.value, other);
      partner.value = mean ? partner.value - step : best(partner.value, own);
    }
    for (const node of nodes) {
      node.participations += contacts.get(node)!;
      if (node.value !== before.get(node)) forget(node);
    }
    for (const side of sides) {
      remember(side);
      remember(opposite(side));
    }
    return useful;
  }

  function play(round: number): Played & Progress {
    const choiceKey = deriveKey([round], key(Purpose.choice, repetition));
    const order = Uint32Array.from(nodes, (_, node) => node);
    if (schedule === 'shuffled' || schedule === 'random') {
      const orderKey = key(Purpose.order, repetition);
      drawTurns(schedule, orderKey, key(Purpose.initiator, repetition), round, order);
    }
    const turns = [...order].map((node, turn) => ({ node, turn }));
    const able = turns.filter(({ node }) => degreeOf(graph, node) > 0);
    const side = ({ node, turn }: { node: number; turn: number }) =>
      pick(nodes[node], choiceKey, schedule === 'random' ? turn : node);
    const useful =
      schedule === 'synchronous'
        ? exchangeAtOnce(able.map(side))
        : able.filter((turn) => exchange(side(turn))).length;
    return { exchanges: able.length, useful, ...progress() };
  }

  return { nodes, reset, play };
}
