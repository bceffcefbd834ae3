import { z } from 'zod';
import { VALIDATIONS } from '../../schema.ts';

/** An OpenAPI schema as CustomResourceDefinitions take it. */
export type Structural = { [keyword: string]: unknown };

/** Keywords that zod writes and structural schemas do not have. */
const DROPPED = ['$schema', 'default', 'anyOf', 'additionalProperties', 'properties', 'items'];
/** No list and no map passes these, whatever is in it. */
const NO_MAP = { minProperties: 1, maxProperties: 0 };
const NO_LIST = { minItems: 1, maxItems: 0 };

/** The structural schema of what a zod schema takes. Defaults are said, not set: nothing is added to what people wrote. */
export function structural(schema: z.ZodType): Structural {
  return convert(z.toJSONSchema(schema, { io: 'input', target: 'openapi-3.0' }) as Structural);
}

function convert(schema: Structural): Structural {
  const rest = Object.entries(schema).filter(([keyword]) => !DROPPED.includes(keyword));
  const converted: Structural = Object.fromEntries(rest);
  const said = descriptionOf(schema);
  if (said !== '') converted.description = said;
  // The format says it already.
  if (converted.format === 'date-time') delete converted.pattern;

  const { anyOf, properties, items, additionalProperties } = schema as {
    anyOf?: Structural[];
    properties?: Record<string, Structural>;
    items?: Structural;
    additionalProperties?: Structural | false;
  };
  if (anyOf !== undefined) Object.assign(converted, union(anyOf.map(convert)));
  if (items !== undefined) converted.items = convert(items);
  if (properties !== undefined) {
    const fields = Object.entries(properties);
    converted.properties = Object.fromEntries(
      fields.map(([name, field]) => [name, convert(field)]),
    );
  }
  // false is what API servers do by themselves with fields that are not in a schema.
  if (typeof additionalProperties === 'object') {
    const values = convert(additionalProperties);
    converted.additionalProperties = values;
    // Rules cannot look into maps whose values have no type.
    if (isUntyped(values)) delete converted[VALIDATIONS];
  }
  return converted;
}

function descriptionOf({ description = '', default: value }: Structural): string {
  const hasDefault = value !== undefined && JSON.stringify(value) !== '{}';
  const said = hasDefault ? `default ${JSON.stringify(value)}` : '';
  return [description, said].filter((part) => part !== '').join('; ');
}

/**
 * One of several types. Kubernetes knows integers and strings together; of any others it takes everything but what
 * keywords refuse, which count for their own type alone.
 */
function union(members: readonly Structural[]): Structural {
  const types = members.map(({ type }) => type);
  const { type: _, items: __, ...keywords } = Object.assign({}, ...members);
  if (types.every((type) => type === 'integer' || type === 'string')) {
    return { ...keywords, 'x-kubernetes-int-or-string': true };
  }
  return {
    ...keywords,
    ...(!types.includes('array') && NO_LIST),
    ...(!types.includes('object') && NO_MAP),
    'x-kubernetes-preserve-unknown-fields': true,
  };
}

/** Whether CEL sees nothing of such a value, or of what is in it. */
export function isUntyped(schema: Structural): boolean {
  const inner = (schema.additionalProperties ?? schema.items) as Structural | undefined;
  if (inner !== undefined) return isUntyped(inner);
  return schema.type === undefined && schema['x-kubernetes-int-or-string'] === undefined;
}
