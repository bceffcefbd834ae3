import { readFile } from 'node:fs/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { z } from 'zod';
import { simulationResource } from '../../runner/index.ts';
import { VALIDATIONS } from '../../schema.ts';
import { definitionFiles } from './index.ts';
import { type Structural, structural } from './structural.ts';

const files = definitionFiles();

function schemaOf(name: string): Structural {
  return parse(files.get(name)!).spec.versions[0].schema.openAPIV3Schema;
}

/** Every schema in a schema, with its place. */
function* within(schema: Structural, place: string): Generator<[string, Structural]> {
  yield [place, schema];
  for (const keyword of ['items', 'additionalProperties']) {
    const inner = schema[keyword];
    if (inner !== undefined) yield* within(inner as Structural, `${place}.${keyword}`);
  }
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    yield* within(field, `${place}.${name}`);
  }
}

for (const [name, yaml] of files) {
  test(`deploy/base/crds/${name} is what the schemas say: npm run crds`, async () => {
    const path = new URL(`../../../deploy/base/crds/${name}`, import.meta.url);
    assert.is(await readFile(path, 'utf8'), yaml);
  });

  test(`${name}: all that people write is bounded and has a type, and nothing has a default`, () => {
    const { properties } = schemaOf(name) as { properties: Record<string, Structural> };
    for (const part of ['spec', 'status']) {
      for (const [place, schema] of within(properties[part] ?? {}, part)) {
        const { type, enum: words, format } = schema;
        assert.not('default' in schema, place);
        if (type === 'string' && words === undefined && format === undefined) {
          assert.ok('maxLength' in schema, `${place} has no maxLength`);
        }
        if (type === 'integer') assert.ok('maximum' in schema, `${place} has no maximum`);
        if (type === 'array') assert.ok('maxItems' in schema, `${place} has no maxItems`);
        if ('additionalProperties' in schema) {
          assert.ok('maxProperties' in schema, `${place} has no maxProperties`);
        }
        if (type === undefined && place !== part) {
          const keywords = ['x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields'];
          assert.ok(
            keywords.some((keyword) => schema[keyword] === true),
            `${place} has no type`,
          );
        }
      }
    }
  });

  test(`${name}: kubectl explain says something of every field of a spec and a status`, () => {
    const { properties } = schemaOf(name) as { properties: Record<string, Structural> };
    for (const part of Object.values(properties)) {
      for (const [field, schema] of Object.entries((part.properties ?? {}) as object)) {
        if (part !== properties.metadata) assert.type(schema.description, 'string', field);
      }
    }
  });
}

test('every field of a Simulation but two has a rule that it cannot be changed', () => {
  const { properties } = schemaOf('simulations.yaml') as { properties: Record<string, Structural> };
  const rules = properties.spec[VALIDATIONS] as { message: string }[];
  const immutable = rules.flatMap(({ message }) => /^spec\.(\w+) cannot/.exec(message)?.[1] ?? []);
  assert.equal(
    [...immutable, 'suspend', 'ttlSecondsAfterFinished'].sort(),
    Object.keys(simulationResource.shape.spec.shape).sort(),
  );
});

test('a schema without what structural schemas cannot say', () => {
  const schema = z.strictObject({
    scalar: z.union([z.string().max(3), z.number(), z.boolean()]).describe('any'),
    either: z.union([z.int().min(0).max(9), z.string().max(5)]),
    list: z.union([z.number(), z.array(z.number()).min(1).max(4)]),
    word: z.literal('a').default('a').describe('a word'),
    open: z.number().gt(0).optional(),
  });
  const { properties, ...rest } = structural(schema);
  assert.equal(rest, { type: 'object', required: ['scalar', 'either', 'list'] });
  assert.equal(properties, {
    scalar: {
      description: 'any',
      maxLength: 3,
      minItems: 1,
      maxItems: 0,
      minProperties: 1,
      maxProperties: 0,
      'x-kubernetes-preserve-unknown-fields': true,
    },
    either: { minimum: 0, maximum: 9, maxLength: 5, 'x-kubernetes-int-or-string': true },
    list: {
      minItems: 1,
      maxItems: 4,
      minProperties: 1,
      maxProperties: 0,
      'x-kubernetes-preserve-unknown-fields': true,
    },
    word: { type: 'string', enum: ['a'], description: 'a word; default "a"' },
    open: { type: 'number', minimum: 0, exclusiveMinimum: true },
  });
});

test.run();
