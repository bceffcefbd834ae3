import { csvRecords, RUN_COLUMNS } from '../storage/index.ts';

/** Where an object that is stored differs first from the one that the run left when it was played again. */
export interface Difference {
  readonly key: string;
  /** As people say it: "round 3, node 17"; '' where the object as a whole is meant. */
  readonly where: string;
  readonly stored: string;
  readonly played: string;
}

/** All values, or those that changed, by round and node. */
type Rounds = readonly {
  readonly round: number;
  readonly nodes: Readonly<Record<string, unknown>>;
}[];

const LONGEST_SHOWN = 100;

/** The first difference between two versions of an object; null where they are equal byte for byte. */
export function firstDifference(
  key: string,
  stored: Uint8Array | null,
  played: Uint8Array,
): Difference | null {
  if (stored === null) {
    return { key, where: '', stored: 'nothing', played: `${played.length} bytes` };
  }
  if (Buffer.compare(stored, played) === 0) return null;
  const texts = [stored, played].map((bytes) => new TextDecoder().decode(bytes));
  const [first, second] = texts;
  const found =
    inRounds(roundsOf(key, first), roundsOf(key, second)) ??
    inFields('field', objectOf(first), objectOf(second)) ??
    (first === second ? inBytes(stored, played) : inLines(first.split('\n'), second.split('\n')));
  return { key, ...found };
}

/** The first difference between two versions of a line of runs.csv; lines are counted from 1. */
export function lineDifference(
  key: string,
  line: number,
  stored: string,
  played: string,
): Difference | null {
  if (stored === played) return null;
  const [before, after] = [stored, played].map((text) => csvRecords(text).next().value ?? []);
  const column = RUN_COLUMNS.findIndex((_, index) => before[index] !== after[index]);
  if (column < 0 || before.length !== after.length) {
    return { key, where: `line ${line}`, stored: quoted(stored), played: quoted(played) };
  }
  const where = `line ${line}, column ${RUN_COLUMNS[column]}`;
  return { key, where, stored: quoted(before[column]), played: quoted(after[column]) };
}

/** The rounds of a history or of changes; null where the object is neither. */
export function roundsOf(key: string, text: string): Rounds | null {
  try {
    if (key.endsWith('_node_value_history.json')) {
      const rounds = JSON.parse(text) as { round_num: number; nodes: Record<string, unknown> }[];
      return rounds.map(({ round_num, nodes }) => ({ round: round_num, nodes: { ...nodes } }));
    }
    if (!key.endsWith('_changes.jsonl')) return null;
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => {
      const { round_num, nodes, values } = JSON.parse(line);
      const entries = nodes.map((node: number, index: number) => [node, values[index]]);
      return { round: round_num, nodes: Object.fromEntries(entries) };
    });
  } catch {
    return null;
  }
}

type Found = Omit<Difference, 'key'>;

function inRounds(stored: Rounds | null, played: Rounds | null): Found | null {
  if (stored === null || played === null) return null;
  for (let i = 0; i < Math.max(stored.length, played.length); i++) {
    const [before, after] = [stored[i], played[i]];
    if (before === undefined || after === undefined || before.round !== after.round) {
      const shown = (round: Rounds[0] | undefined) =>
        round === undefined ? 'nothing' : `round ${round.round}`;
      return { where: `round ${i}`, stored: shown(before), played: shown(after) };
    }
    const found = inFields('node', before.nodes, after.nodes);
    if (found !== null) return { ...found, where: `round ${after.round}, ${found.where}` };
  }
  return null;
}

function inFields(what: string, stored: object | null, played: object | null): Found | null {
  if (stored === null || played === null) return null;
  const [before, after] = [new Map(Object.entries(stored)), new Map(Object.entries(played))];
  for (const name of new Set([...after.keys(), ...before.keys()])) {
    const [one, other] = [JSON.stringify(before.get(name)), JSON.stringify(after.get(name))];
    if (one === other) continue;
    const shown = /^[\w.-]+$/.test(name) ? name : JSON.stringify(name);
    return { where: `${what} ${shortly(shown)}`, stored: shortly(one), played: shortly(other) };
  }
  return null;
}

function inLines(stored: readonly string[], played: readonly string[]): Found {
  let line = 0;
  while (stored[line] === played[line]) line++;
  return { where: `line ${line + 1}`, stored: quoted(stored[line]), played: quoted(played[line]) };
}

/** Where the texts are the same: not all bytes are text. */
function inBytes(stored: Uint8Array, played: Uint8Array): Found {
  let index = 0;
  while (stored[index] === played[index]) index++;
  return { where: `byte ${index}`, stored: `${stored[index]}`, played: `${played[index]}` };
}

function objectOf(text: string): object | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && !Array.isArray(json) ? json : null;
  } catch {
    return null;
  }
}

/** A text without what a terminal would obey. */
function quoted(text: string | undefined): string {
  return shortly(text === undefined ? undefined : JSON.stringify(text));
}

function shortly(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
