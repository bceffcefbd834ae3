import { useMemo, useState } from 'preact/hooks';
import { Name } from '../../name.tsx';
import { useServer } from '../../server.ts';
import { TokenField } from '../../token-field.tsx';
import { type Asked, useCheck } from './check.ts';
import { fileCommand } from './command.ts';
import { Equivalent } from './equivalent.tsx';
import { type GraphChoice, graphParam } from './form.ts';
import type { GraphOptions } from './graph-options.ts';
import { missingGraphs } from './graph-options.ts';
import { Outcome } from './outcome.tsx';
import { useSubmit } from './submit.ts';
import { type Given, LARGEST_FILES } from './use-contents.ts';

/** Plays the Simulations of files that were given, on their graphs and on those that they name besides. */
export function PlayFiles({ given, options }: { given: readonly Given[]; options: GraphOptions }) {
  const { value: server } = useServer();
  const [token, setToken] = useState('');
  const { isStarting, refusalOf, start } = useSubmit(token);
  const missing = useMemo(
    () =>
      missingGraphs(
        given.map(({ contents }) => contents),
        options,
      ),
    [given, options],
  );
  const isLarge = given.reduce((sum, { size }) => sum + size, 0) > LARGEST_FILES;
  const mayStart = (server?.mayStart ?? false) && !isLarge;
  const asked = useMemo(() => askedOf(given, missing), [given, missing]);
  const checked = useCheck(mayStart ? asked : null, token);
  const shown = refusalOf(asked) ?? checked;
  const canStart = mayStart && (checked.answer?.jobs.length ?? 0) > 0;
  return (
    <section aria-label="What is in your files">
      {missing.length > 0 && (
        <p>
          The Simulations select{' '}
          {missing.map((graph) => (
            <span key={graphParam(graph)}>
              <Name text={graph.name} /> ({graph.kind === 'example' ? 'an example' : 'stored'}){' '}
            </span>
          ))}
        </p>
      )}
      {isLarge && (
        <p class="wrong">
          The files are larger than a page can send ({LARGEST_FILES / 2 ** 20} MiB): play them by
          the command below.
        </p>
      )}
      <Outcome checked={shown} problems={shown.problems} unfinished={false} />
      {mayStart && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (canStart && !isStarting) void start(asked);
          }}
        >
          <TokenField onChange={setToken} />
          <button type="submit" class="main" disabled={!canStart || isStarting}>
            {isStarting ? 'Starting…' : 'Start'}
          </button>
        </form>
      )}
      <Equivalent
        title="The same in a terminal"
        text={fileCommand(
          given.map(({ name }) => name),
          missing,
        )}
      />
    </section>
  );
}

function askedOf(given: readonly Given[], missing: readonly GraphChoice[]): Asked {
  return {
    files: given.map(({ name, content }) => ({ name, content })),
    examples: missing.filter(({ kind }) => kind === 'example').map(({ name }) => name),
    graphs: missing.flatMap((graph) =>
      graph.kind === 'stored' ? [{ folder: graph.folder, graph: graph.name }] : [],
    ),
  };
}
