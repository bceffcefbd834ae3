import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { knowledge, openStrategies } from './index.ts';

const GOOD = `export default {
  summary: 'all alike', parameters: {}, measures: ['degree'],
  weigh(view, parameters, out) { out.fill(1, 0, view.degree); },
};
`;

const test = suite('loader', { directory: '' });

test.before.each((context) => {
  context.directory = mkdtempSync(join(tmpdir(), 'gossip-strategies-'));
});
test.after.each((context) => {
  rmSync(context.directory, { recursive: true });
});

/** The message of the GossipError that this throws. */
async function refusal(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    assert.instance(error, GossipError, String(error));
    assert.is((error as GossipError).code, 'input');
    return (error as Error).message;
  }
  throw new Error('it should have been refused');
}

test('a built-in algorithm', async () => {
  const loaded = await openStrategies().load('weighted_factor_complex_memory');
  assert.is(loaded.base, 'weighted_factor');
  assert.is(loaded.memory, 'complex');
  assert.is(loaded.sha256, null);
  assert.match(loaded.file, /weighted_factor\.ts$/);
  assert.equal(Object.keys(loaded.parameters), ['factor', 'favor', 'priorPartnerFactor']);
  const plain = await openStrategies().load('weighted_factor');
  assert.is(plain.strategy, loaded.strategy);
  assert.equal(Object.keys(plain.parameters), ['factor', 'favor']);
});

test('a directory of a user, .ts, .js and .mjs', async ({ directory }) => {
  writeFileSync(join(directory, 'c_typed.ts'), `const one: number = 1;\n${GOOD}`);
  writeFileSync(join(directory, 'a_plain.js'), GOOD);
  writeFileSync(join(directory, 'b_module.mjs'), GOOD);
  symlinkSync(join(directory, 'a_plain.js'), join(directory, 'd_link.js'));
  for (const ignored of ['Shared.ts', 'x.test.ts', 'x.d.ts', 'README.md', 'data.json']) {
    writeFileSync(join(directory, ignored), 'not a strategy');
  }
  symlinkSync(join(directory, 'nowhere.js'), join(directory, 'e_dangling.js'));
  mkdirSync(join(directory, 'folder.ts'));
  const strategies = openStrategies([directory, `${directory}/.`]);
  const own = strategies.names().slice(28);
  const bases = ['a_plain', 'b_module', 'c_typed', 'd_link'];
  assert.equal(
    own,
    bases.flatMap((base) => [base, `${base}_memory`, `${base}_complex_memory`]),
  );
  for (const name of own) {
    const loaded = await strategies.load(name);
    assert.is(loaded.strategy.summary, 'all alike');
    assert.is('priorPartnerFactor' in loaded.parameters, loaded.memory !== 'none');
  }
  const { sha256, file } = await strategies.load('a_plain_memory');
  assert.is(sha256, createHash('sha256').update(GOOD).digest('hex'));
  assert.is(file, join(directory, 'a_plain.js'));
});

test('an unknown name: what exists and what is nearest', async ({ directory }) => {
  writeFileSync(join(directory, 'low_degree.js'), GOOD);
  const { load } = openStrategies([directory]);
  assert.match(await refusal(() => load('wieghted_factor')), /did you mean weighted_factor\?/);
  assert.match(await refusal(() => load('defualt_memory')), /did you mean default_memory\?/);
  const message = await refusal(() => load('low_degre'));
  assert.match(message, /did you mean low_degree\?/);
  assert.match(message, /default, weighted_factor, .*community_based, low_degree/);
  assert.match(await refusal(() => load('constructor')), /no algorithm "constructor"/);
});

test('community_based has no memory', async () => {
  for (const name of ['community_based_memory', 'community_based_complex_memory']) {
    assert.match(await refusal(() => openStrategies().load(name)), /exists only without memory/);
  }
});

test('names with paths in them never reach the disk', async ({ directory }) => {
  mkdirSync(join(directory, 'inner'));
  writeFileSync(join(directory, 'outside.js'), 'globalThis.gossipOutside = true;');
  const { load } = openStrategies([join(directory, 'inner')]);
  for (const name of ['../outside', '../outside.js', join(directory, 'outside'), '..', 'x/y']) {
    assert.match(await refusal(() => load(name)), /cannot be an algorithm/);
  }
  assert.not('gossipOutside' in globalThis);
});

test('files with names they cannot have', async ({ directory }) => {
  const taken = join(directory, 'default.ts');
  writeFileSync(taken, GOOD);
  assert.match(
    await refusal(() => openStrategies([directory])),
    /default\.ts: default is a built-in strategy/,
  );
  rmSync(taken);
  for (const reserved of ['low_memory.js', 'low_complex_memory.js', 'low_complex.js']) {
    writeFileSync(join(directory, reserved), GOOD);
    assert.match(await refusal(() => openStrategies([directory])), /_memory or _complex/);
    rmSync(join(directory, reserved));
  }
  writeFileSync(join(directory, 'twice.js'), GOOD);
  writeFileSync(join(directory, 'twice.ts'), GOOD);
  assert.match(await refusal(() => openStrategies([directory])), /twice\.ts and .*twice\.js/);
});

test('a directory that is not there', async ({ directory }) => {
  const missing = join(directory, 'missing');
  assert.match(await refusal(() => openStrategies([missing])), /missing cannot be read/);
});

const BROKEN: [source: string, message: RegExp][] = [
  ['export default {\n a: = 1 }', /cannot be loaded: .*Error/],
  ["import './nope.js'; export default 1", /cannot be loaded: .*nope\.js/s],
  ["throw 'a tantrum'", /cannot be loaded: a tantrum/],
  ['export const strategy = 1;', /has no default export/],
  ['export default 7;', /its default export .* an object with summary/],
  [GOOD.replace("'all alike'", '7'), /summary .* a text/],
  [GOOD.replace("'all alike'", "'two\\nlines'"), /summary .* one line/],
  [GOOD.replace("['degree']", "['degree', 'beauty']"), /measures\.1 .* one of degree, same/],
  [GOOD.replace("['degree']", "'degree'"), /measures .* a list/],
  [GOOD.replace('weigh(', 'weight('), /weigh .* a function/],
  [GOOD.replace('parameters: {}', 'parameters: []'), /parameters .* an object/],
  [withParameter("{ type: 'number', default: 1 }"), /parameters\.power\.description .* a text/],
  [
    withParameter("{ type: 'integer', description: '', default: 1 }"),
    /parameters\.power\.type .* 'number' or 'string'/,
  ],
  [
    withParameter("{ type: 'number', description: '', default: 3, maximum: 2 }"),
    /parameters\.power\.default .* within the bounds/,
  ],
  [
    withParameter("{ type: 'number', description: '', default: 1, max: 2 }"),
    /parameters\.power .*max/,
  ],
  [
    withParameter("{ type: 'string', description: '', default: 'a', enum: ['b'] }"),
    /parameters\.power\.default .* one of the words/,
  ],
  [
    withParameter("{ type: 'number', description: '', default: 1 }", 'priorPartnerFactor'),
    /parameters\.priorPartnerFactor .* belongs to the memories/,
  ],
  [
    withParameter("{ type: 'number', description: '', default: 1 }", '"--x"'),
    /parameters\.--x .* letters and digits/,
  ],
];

function withParameter(schema: string, name = 'power'): string {
  return GOOD.replace('parameters: {}', `parameters: { ${name}: ${schema} }`);
}

test('a file that is no strategy: its name, the field, what would be right', async (context) => {
  for (const [number, [source, expected]] of BROKEN.entries()) {
    const file = join(context.directory, `broken_${number}.js`);
    writeFileSync(file, source);
    const message = await refusal(() =>
      openStrategies([context.directory]).load(`broken_${number}`),
    );
    assert.match(message, expected, message);
    assert.ok(message.startsWith(file), message);
  }
});

test('a syntax error in TypeScript comes with its line', async ({ directory }) => {
  writeFileSync(join(directory, 'wrong.ts'), 'const a: number = 1;\nconst b: = 2;\n');
  const message = await refusal(() => openStrategies([directory]).load('wrong'));
  assert.match(message, /wrong\.ts cannot be loaded/);
  assert.match(message, /line 2|:2:/);
});

test('what a node must know', () => {
  assert.is(knowledge([]), 'nothing');
  assert.is(knowledge(['degree']), 'its neighbors');
  assert.is(knowledge(['degree', 'community']), 'the whole graph');
  assert.is(knowledge(['hubScore']), 'the whole graph');
});

test.run();
