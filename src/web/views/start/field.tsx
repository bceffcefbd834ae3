import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { type FieldSchema, labelOf } from './schema.ts';

/** What the element that is filled in needs, so that a screen reader says what it is and what is wrong with it. */
export interface Described {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

/** A label, what is filled in, what it means, and what is wrong with it. */
export function Field({
  label,
  help,
  problem,
  children,
}: {
  label: string;
  help?: ComponentChildren;
  problem?: string;
  children: (described: Described) => ComponentChildren;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-describedby': `${id}-problem ${id}-help`,
        'aria-invalid': problem !== undefined,
      })}
      <p id={`${id}-problem`} class="wrong" aria-live="polite">
        {problem}
      </p>
      <p id={`${id}-help`} class="quiet">
        {help}
      </p>
    </div>
  );
}

/** A field made from its schema: words to choose from, yes or no, or a text. */
export function SchemaField({
  name,
  schema,
  value,
  usual,
  problem,
  help,
  onInput,
}: {
  name: string;
  schema: FieldSchema;
  value: string;
  /** What goes without saying; absent: the schema's. */
  usual?: string;
  problem?: string;
  /** Absent: what the schema says. */
  help?: string;
  onInput: (text: string) => void;
}) {
  const words = schema.type === 'boolean' ? ['true', 'false'] : schema.enum;
  const fallback = usual ?? (schema.default === undefined ? '' : `${schema.default}`);
  const common = { label: labelOf(name), help: help ?? schema.description, problem };
  if (words !== undefined) {
    return (
      <Field {...common}>
        {(described) => (
          <select
            {...described}
            value={value}
            onChange={({ currentTarget }) => onInput(currentTarget.value)}
          >
            <option value="">
              {fallback === '' ? 'default' : `${wordOf(fallback)} (default)`}
            </option>
            {words
              .filter((word) => word !== fallback)
              .map((word) => (
                <option key={word} value={word}>
                  {wordOf(word)}
                </option>
              ))}
          </select>
        )}
      </Field>
    );
  }
  const isNumber = schema.type === 'integer';
  return (
    <Field {...common}>
      {(described) => (
        <input
          {...described}
          type="text"
          inputMode={isNumber ? 'numeric' : undefined}
          autocomplete="off"
          spellcheck={false}
          placeholder={fallback}
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}

function wordOf(text: string): string {
  return text === 'true' ? 'yes' : text === 'false' ? 'no' : text;
}
