import { z } from 'zod';

/** What a schema alone cannot say, as this program checks it and as an API server does. */
export interface Rule<T> {
  /** What is wrong, to be read after the field's name. */
  readonly message: string;
  holds(value: T): boolean;
  /** The same in the Common Expression Language of Kubernetes. */
  readonly cel: string;
  /** The field below the schema's own that is to blame, such as a.b. */
  readonly field?: string;
}

/** Where a JSON schema holds rules for API servers. */
export const VALIDATIONS = 'x-kubernetes-validations';

/** A map of at most `most` entries, with keys of at most so many characters. */
export function mapOf<V extends z.ZodType>(longestKey: number, value: V, most: number) {
  const isSmall = (map: object) => Object.keys(map).length <= most;
  const keysFit = (map: object) => Object.keys(map).every((key) => key.length <= longestKey);
  const message = `a key has at most ${longestKey} characters`;
  return z
    .record(z.string(), value)
    .refine(isSmall, `more than ${most} entries`)
    .refine(keysFit, message)
    .meta({
      maxProperties: most,
      [VALIDATIONS]: [{ rule: `self.all(key, size(key) <= ${longestKey})`, message }],
    });
}

/** A schema with rules, which JSON schemas made of it have too. */
export function withRules<S extends z.ZodType>(schema: S, rules: readonly Rule<z.output<S>>[]): S {
  let ruled = schema;
  for (const { holds, message, field } of rules) {
    ruled = ruled.refine(holds, { error: message, path: field?.split('.') ?? [] }) as S;
  }
  const { [VALIDATIONS]: before = [], ...meta } = schema.meta() ?? {};
  const validations = rules.map(({ cel, message, field }) => ({
    rule: cel,
    message,
    ...(field !== undefined && { fieldPath: `.${field}` }),
  }));
  return ruled.meta({ ...meta, [VALIDATIONS]: [...(before as object[]), ...validations] });
}
