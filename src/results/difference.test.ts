import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { runsCsvLine } from '../storage/index.ts';
import { firstDifference, lineDifference } from './difference.ts';
import { row } from './storage.fixture.ts';

const HISTORY = 'sim-1/g/sim_node_value_history.json';
const CHANGES = 'sim-1/_gossip/g/sim_changes.jsonl';
const SUMMARY = 'sim-1/g/sim_summary.json';

function between(key: string, stored: string | Uint8Array, played: string | Uint8Array) {
  const bytes = (content: string | Uint8Array) =>
    typeof content === 'string' ? Buffer.from(content) : content;
  const found = firstDifference(key, bytes(stored), bytes(played));
  if (found !== null) assert.is(found.key, key);
  return found === null ? null : [found.where, found.stored, found.played];
}

const history = (...rounds: Record<string, number>[]) =>
  JSON.stringify(
    rounds.map((nodes, round_num) => ({ round_num, nodes })),
    null,
    2,
  );

test('what is equal has no difference', () => {
  for (const key of [HISTORY, CHANGES, SUMMARY, 'x']) assert.is(between(key, '[1]', '[1]'), null);
});

test('a history differs at a round and a node', () => {
  const stored = history({ 3: 1, 7: 2 }, { 3: 1, 7: 1 }, { 3: 1, 7: 1 });
  assert.equal(between(HISTORY, stored, history({ 3: 1, 7: 2 }, { 3: 1, 7: 2 }, { 3: 0, 7: 0 })), [
    'round 1, node 7',
    '1',
    '2',
  ]);
  assert.equal(between(HISTORY, stored, history({ 3: 1, 7: 2 }, { 3: 1, 7: 1 })), [
    'round 2',
    'round 2',
    'nothing',
  ]);
  assert.equal(between(HISTORY, history({ 3: 1 }), history({ 3: 1, 7: 2 })), [
    'round 0, node 7',
    'nothing',
    '2',
  ]);
});

test('changes differ at a round and a node', () => {
  const line = (round_num: number, nodes: number[], values: number[]) =>
    `${JSON.stringify({ round_num, nodes, values })}\n`;
  const begin = line(0, [3, 7], [1, 2]);
  assert.equal(between(CHANGES, begin + line(1, [7], [1]), begin + line(1, [3, 7], [0, 1])), [
    'round 1, node 3',
    'nothing',
    '0',
  ]);
});

test('another object differs at a field, or a line, or a byte', () => {
  assert.equal(between(SUMMARY, '{"a": 1, "b": [2]}', '{"a": 1, "b": [3]}'), [
    'field b',
    '[2]',
    '[3]',
  ]);
  assert.equal(between(SUMMARY, '{"a":1}', '{"a": 1}'), [
    'line 1',
    '"{\\"a\\":1}"',
    '"{\\"a\\": 1}"',
  ]);
  assert.equal(between('x.gexf', '<a>\n<b>', '<a>\n<c>\n'), ['line 2', '"<b>"', '"<c>"']);
  assert.equal(between('x.gexf', 'a', 'a\n'), ['line 2', 'nothing', '""']);
  assert.equal(between('x.png', Uint8Array.of(1, 255), Uint8Array.of(1, 254)), [
    'byte 1',
    '255',
    '254',
  ]);
  const missing = firstDifference(SUMMARY, null, Buffer.from('{}'))!;
  assert.equal([missing.where, missing.stored, missing.played], ['', 'nothing', '2 bytes']);
});

test('what was spoiled is shown without what a terminal would obey, and shortly', () => {
  for (const key of [HISTORY, CHANGES, SUMMARY]) {
    for (const spoiled of ['', '[', 'null', '[null]', '{"round_num":', '{"\u001b[2J": 1}']) {
      const [where, stored] = between(key, spoiled, `{"a": "${'x'.repeat(1000)}"}`)!;
      assert.not.match(`${where}${stored}`, '\u001b');
    }
    const [, , played] = between(key, '{}', `{"a": "${'x'.repeat(1000)}"}`)!;
    assert.ok(played.length < 110);
  }
});

test('a line of runs.csv differs at a column', () => {
  const played = runsCsvLine(row('sim', 'g', 1));
  const at = (stored: string) => {
    const { where, stored: before, played: after } = lineDifference('r', 2, stored, played)!;
    return [where, before, after];
  };
  assert.is(lineDifference('r', 2, played, played), null);
  assert.equal(at(played.replace(',90,', ',91,')), ['line 2, column exchanges', '"91"', '"90"']);
  assert.is(at('\n')[0], 'line 2');
  assert.is(at('undefined\n')[0], 'line 2');
});

test.run();
