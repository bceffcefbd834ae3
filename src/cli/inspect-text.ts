import { stripVTControlCharacters } from 'node:util';
import type {
  DescribeResponse,
  ExplainResponse,
  InspectResponse,
  LastExchange,
  Neighbor,
  WatchResponse,
} from '../gen/gossip/v1/host_pb.ts';
import { plainTable } from './table.ts';

/** Neighbors and values that a line has room for. */
const MOST_NEIGHBORS = 8;
const MOST_VALUES = 16;

/** What a host holds, for `gossip inspect`. */
export function hostText(address: string, host: DescribeResponse, held: InspectResponse): string {
  const { version, peerPort, nodeCount } = host;
  const lines = [`Host ${address}: gossip ${printable(version)}, peer port ${peerPort}`];
  if (host.epoch === 0n) return [...lines, 'not configured yet'].join('\n');
  if (held.nodes.length === 0) return [...lines, 'configured; no run begun yet'].join('\n');
  lines.push(
    `epoch ${held.epoch}, repetition ${held.repetition}, round ${held.round}; ${held.nodes.length} of ${nodeCount} nodes`,
    '',
    plainTable(
      ['node', 'value', 'participations', 'weights of its neighbors', 'last exchange'],
      held.nodes.map(({ name, value, participations, neighbors, lastExchange }) => [
        printable(name),
        String(value),
        String(participations),
        weightsText(neighbors),
        lastExchange === undefined ? '-' : exchangeText(lastExchange),
      ]),
      ['left', 'right', 'right', 'left', 'left'],
    ),
  );
  return lines.join('\n');
}

/** Why a node picked its partner, for `gossip inspect --why`. */
export function explanationText(explained: ExplainResponse): string {
  const exchange = explained.exchange!;
  const { round, turn, otherName, valueBefore, valueAfter } = exchange;
  const sum = explained.neighbors.reduce((sum, { weight }) => sum + weight, 0);
  const share = (weight: number) => (sum > 0 ? weight / sum : 1 / explained.neighbors.length);
  const changed =
    valueBefore === valueAfter
      ? `kept its ${valueAfter}`
      : `went from ${valueBefore} to ${valueAfter}`;
  return [
    `Node ${printable(explained.name)} picked ${printable(otherName)} in round ${round}, turn ${turn}, and ${changed}.`,
    '',
    plainTable(
      ['neighbor', 'weight', 'probability', ''],
      explained.neighbors.map(({ name, weight, node }) => [
        printable(name),
        String(weight),
        `${(100 * share(weight)).toFixed(1)} %`,
        node === exchange.other ? 'picked' : '',
      ]),
      ['left', 'right', 'right', 'left'],
    ),
    '',
    `${explained.draws.length > 1 ? 'Draws' : 'Draw'}: ${printable(explained.derivation)}.`,
  ].join('\n');
}

/** A round in one line, for `gossip inspect --watch`. @param names by node */
export function roundText(
  { repetition, round, nodes }: WatchResponse,
  names: ReadonlyMap<number, string>,
): string {
  const values = nodes
    .slice(0, MOST_VALUES)
    .map(({ node, value }) => `${printable(names.get(node) ?? String(node))}: ${value}`);
  const all =
    nodes.length > MOST_VALUES
      ? [`${new Set(nodes.map(({ value }) => value)).size} values among ${nodes.length} nodes`]
      : [];
  return [
    `repetition ${repetition}, round ${round}`,
    ...all,
    values.join(', ') + (all.length > 0 ? ' …' : ''),
  ].join('; ');
}

function weightsText(neighbors: readonly Neighbor[]): string {
  const some = neighbors
    .slice(0, MOST_NEIGHBORS)
    .map(({ name, weight }) => `${printable(name)}: ${Number(weight.toPrecision(6))}`);
  const more = neighbors.length - some.length;
  return some.join(', ') + (more > 0 ? `, … ${more} more` : '');
}

function exchangeText({
  round,
  initiated,
  otherName,
  valueBefore,
  valueAfter,
}: LastExchange): string {
  const who = initiated ? `picked ${printable(otherName)}` : `picked by ${printable(otherName)}`;
  return `round ${round}, ${who}, ${valueBefore} to ${valueAfter}`;
}

/** A text of strangers without what a terminal would obey. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/\p{C}/gu, '�');
}
