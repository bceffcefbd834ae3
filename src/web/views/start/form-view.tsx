import { useMemo, useState } from 'preact/hooks';
import type { ListStrategiesResponse } from '../../../gen/gossip/v1/simulation_pb.ts';
import { useServer } from '../../server.ts';
import { TokenField } from '../../token-field.tsx';
import { Algorithms } from './algorithms.tsx';
import { type Asked, useCheck } from './check.ts';
import { commandsOf, graphFile } from './command.ts';
import { Equivalent } from './equivalent.tsx';
import { Field, SchemaField } from './field.tsx';
import { ADVANCED_FIELDS, type Form, graphParam, isApplicable, MAIN_FIELDS } from './form.ts';
import { GraphField } from './graph-field.tsx';
import type { GraphOptions } from './graph-options.ts';
import { Outcome } from './outcome.tsx';
import { ParameterFields } from './parameter-fields.tsx';
import { placed } from './problems.ts';
import { DEFAULT_REPETITIONS, FORM_FILE, type Known, resourcesOf, yamlOf } from './resources.ts';
import { propertiesOf } from './schema.ts';
import { useSubmit } from './submit.ts';
import type { Given } from './use-contents.ts';

/** The form, what it would start, and the same as a file and as a command. */
export function FormView({
  form,
  onChange,
  strategies,
  given,
  options,
}: {
  form: Form;
  onChange: (changes: Partial<Form>) => void;
  strategies: ListStrategiesResponse;
  given: readonly Given[];
  options: GraphOptions;
}) {
  const { value: server } = useServer();
  const [token, setToken] = useState('');
  const { isStarting, refusalOf, start } = useSubmit(token);
  const known = useMemo(() => knownOf(strategies), [strategies]);
  const { resources, problems } = useMemo(() => resourcesOf(form, known), [form, known]);
  const yaml = useMemo(() => yamlOf(resources), [resources]);
  const { graph } = form;
  const isFilledIn = problems.length === 0 && graph !== null;
  const mayStart = server?.mayStart ?? false;
  const graphText = graph === null ? '' : graphParam(graph);
  const asked = useMemo(() => askedOf(form, yaml, given), [graphText, yaml, given]);
  const checked = useCheck(mayStart && isFilledIn ? asked : null, token);
  const [isAdvanced, setAdvanced] = useState(() =>
    [form.name, ...ADVANCED_FIELDS.map((field) => form.fields[field])].some(Boolean),
  );
  const shown = refusalOf(asked) ?? checked;
  const parameters = Object.assign({}, ...form.algorithms.map((name) => known.parameters[name]));
  const fields = [
    ...['graph', 'name', 'algorithm', ...MAIN_FIELDS, ...ADVANCED_FIELDS],
    ...Object.keys(parameters).map((name) => `parameter.${name}`),
  ];
  const { beside, others } = placed(shown.problems, fields);
  const problemOf = (field: string) =>
    [...problems, ...beside].find((problem) => problem.field === field)?.text;

  const schemaField = (field: string) =>
    known.spec[field] !== undefined &&
    isApplicable(field, form) && (
      <SchemaField
        key={field}
        name={field}
        schema={known.spec[field]}
        value={form.fields[field] ?? ''}
        usual={USUAL[field]}
        help={HELP[field]}
        problem={problemOf(field)}
        onInput={(text) => onChange({ fields: { ...form.fields, [field]: text } })}
      />
    );

  return (
    <form
      class="start"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (mayStart && isFilledIn && !isStarting) void start(asked);
      }}
    >
      <div class="filled">
        <GraphField
          options={options}
          chosen={graph}
          problem={problemOf('graph')}
          onChange={(chosen) => onChange({ graph: chosen })}
        />
        <Algorithms
          strategies={strategies.strategies}
          chosen={form.algorithms}
          problem={problemOf('algorithm')}
          onChange={(algorithms) => onChange({ algorithms })}
        />
        <ParameterFields
          form={form}
          known={known}
          problemOf={problemOf}
          onChange={(changed) => onChange({ parameters: changed })}
        />
        <div class="fields">{MAIN_FIELDS.map(schemaField)}</div>
        <details
          open={isAdvanced || ['name', ...ADVANCED_FIELDS].some(problemOf)}
          onToggle={({ currentTarget }) => setAdvanced(currentTarget.open)}
        >
          <summary>Advanced</summary>
          <div class="fields">
            <Field
              label="Name"
              help="What the results are called; the algorithm's name is added."
              problem={problemOf('name')}
            >
              {(described) => (
                <input
                  {...described}
                  type="text"
                  autocomplete="off"
                  spellcheck={false}
                  placeholder={graph?.name ?? ''}
                  value={form.name}
                  onInput={({ currentTarget }) => onChange({ name: currentTarget.value })}
                />
              )}
            </Field>
            {ADVANCED_FIELDS.map(schemaField)}
          </div>
        </details>
      </div>
      <section class="result" aria-label="What is played">
        <h2>What is played</h2>
        {server !== undefined && !mayStart && (
          <p class="notice">
            This server only reads. What you fill in can be played elsewhere, by the file or the
            command below.
          </p>
        )}
        <Outcome
          checked={shown}
          problems={others}
          unfinished={problems.length + beside.length > 0}
        />
        <TokenField onChange={setToken} />
        {mayStart && (
          <p>
            <button type="submit" class="main" disabled={!isFilledIn || isStarting}>
              {isStarting ? 'Starting…' : 'Start'}
            </button>
          </p>
        )}
        {isFilledIn && (
          <>
            <Equivalent
              title="The same in a terminal"
              text={commandsOf(
                resources,
                graph,
                form.name.trim() || graph.name,
                fileOf(graph.name, given) ?? graphFile(graph),
              ).join('\n')}
              note={
                graph.kind === 'stored'
                  ? `${graph.name}.yaml stands for the graph's file.`
                  : undefined
              }
            />
            <Equivalent title="The same as a file" text={yaml} file={FORM_FILE} />
          </>
        )}
      </section>
    </form>
  );
}

/** What goes without saying, where the spec's schema does not know it. */
const USUAL: Readonly<Record<string, string>> = {
  repetitions: `${DEFAULT_REPETITIONS}`,
  seed: 'drawn',
  maxRounds: '10000',
  source: 'random',
};
const HELP: Readonly<Record<string, string>> = {
  seed: 'What all draws follow from: the same seed gives the same runs. Where there is none, one is drawn for all.',
};

function knownOf({ strategies, specSchema }: ListStrategiesResponse): Known {
  const parameters = strategies.map(({ name, parametersSchema }) => [
    name,
    propertiesOf(parametersSchema),
  ]);
  return { spec: propertiesOf(specSchema), parameters: Object.fromEntries(parameters) };
}

function fileOf(graph: string, given: readonly Given[]): string | undefined {
  return given.find(({ contents }) => contents.graphs.includes(graph))?.name;
}

function askedOf({ graph }: Form, yaml: string, given: readonly Given[]): Asked {
  const form = { name: FORM_FILE, content: new TextEncoder().encode(yaml) };
  const isFile = graph?.kind === 'file';
  const files = isFile ? given.map(({ name, content }) => ({ name, content })) : [];
  return {
    files: [...files, form],
    examples: graph?.kind === 'example' ? [graph.name] : [],
    graphs: graph?.kind === 'stored' ? [{ folder: graph.folder, graph: graph.name }] : [],
  };
}
