import { giveFiles } from '../../files.ts';
import { Field } from './field.tsx';
import { type GraphChoice, graphParam, parseGraph } from './form.ts';
import type { GraphOptions } from './graph-options.ts';

/** Which graph is played on: an example, one of the files that were given, or one that is stored. */
export function GraphField({
  options,
  chosen,
  problem,
  onChange,
}: {
  options: GraphOptions;
  chosen: GraphChoice | null;
  problem?: string;
  onChange: (graph: GraphChoice | null) => void;
}) {
  const groups = [
    ['Of your files', options.files],
    ['Examples', options.examples],
    ['Of stored simulations', options.stored],
  ] as const;
  const all = groups.flatMap(([, graphs]) => graphs.map(graphParam));
  const value = chosen === null ? '' : graphParam(chosen);
  return (
    <Field
      label="Graph"
      problem={problem}
      help="An example, one that is stored, or one of your own: drop its file anywhere on the page."
    >
      {(described) => (
        <span class="row">
          <select
            {...described}
            class="grow"
            value={value}
            onChange={({ currentTarget }) => onChange(parseGraph(currentTarget.value))}
          >
            {value === '' && <option value="">Choose one</option>}
            {value !== '' && !all.includes(value) && <option value={value}>{chosen?.name}</option>}
            {groups.map(
              ([title, graphs]) =>
                graphs.length > 0 && (
                  <optgroup key={title} label={title}>
                    {graphs.map((graph) => (
                      <option key={graphParam(graph)} value={graphParam(graph)}>
                        {graph.name}
                      </option>
                    ))}
                  </optgroup>
                ),
            )}
          </select>
          <FileButton />
        </span>
      )}
    </Field>
  );
}

/** The same as dropping files on the page. */
export function FileButton() {
  return (
    <label class="button file">
      Open a file…
      <input
        type="file"
        multiple
        class="unseen"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // So that the same file, changed, can be chosen again.
          currentTarget.value = '';
          if (files.length > 0) giveFiles(files);
        }}
      />
    </label>
  );
}
