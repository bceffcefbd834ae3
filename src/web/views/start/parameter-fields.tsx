import { SchemaField } from './field.tsx';
import type { Form } from './form.ts';
import type { Known } from './resources.ts';
import { boundsOf, type FieldSchema } from './schema.ts';

/** The parameters of the algorithms that are chosen; one that several have is filled in once, for all of them. */
export function ParameterFields({
  form,
  known,
  problemOf,
  onChange,
}: {
  form: Form;
  known: Known;
  problemOf: (field: string) => string | undefined;
  onChange: (parameters: Record<string, string>) => void;
}) {
  const { algorithms, parameters } = form;
  const users = new Map<string, { schema: FieldSchema; of: string[] }>();
  for (const algorithm of algorithms) {
    for (const [name, schema] of Object.entries(known.parameters[algorithm] ?? {})) {
      const user = users.get(name) ?? { schema, of: [] };
      user.of.push(algorithm);
      users.set(name, user);
    }
  }
  if (users.size === 0) return null;
  return (
    <fieldset>
      <legend>Parameters</legend>
      <p class="quiet">
        One value, or several to sweep, such as 0.25, 0.5: each combination is an execution of its
        own.
      </p>
      <div class="fields">
        {[...users].map(([name, { schema, of }]) => (
          <SchemaField
            key={name}
            name={name}
            // Lists of words are typed, but for favor, which is one word.
            schema={name === 'favor' ? schema : { ...schema, enum: undefined }}
            value={parameters[name] ?? ''}
            problem={problemOf(`parameter.${name}`)}
            help={helpOf(name, schema, of.length < algorithms.length ? of : [])}
            onInput={(text) => onChange({ ...parameters, [name]: text })}
          />
        ))}
      </div>
    </fieldset>
  );
}

function helpOf(name: string, schema: FieldSchema, of: readonly string[]): string {
  const words = schema.enum !== undefined && name !== 'favor' ? schema.enum.join(', ') : '';
  const limits = words || boundsOf(schema);
  return [
    schema.description ?? '',
    limits === '' ? '' : `; ${limits}`,
    of.length === 0 ? '' : `. For ${of.join(', ')}`,
  ].join('');
}
