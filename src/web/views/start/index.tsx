import { useEffect, useMemo } from 'preact/hooks';
import type { View } from '../../app.tsx';
import { useAnswer } from '../../asking.ts';
import { useClient } from '../../client.ts';
import { useServer } from '../../server.ts';
import { useSimulations } from '../../simulations.ts';
import { FilesPanel } from './files-panel.tsx';
import { FormView } from './form-view.tsx';
import { graphOptions, graphOrFirst } from './graph-options.ts';
import { PlayFiles } from './play-files.tsx';
import { useContents } from './use-contents.ts';
import { useForm } from './use-form.ts';
import './start.css';

/** Starts simulations: from a form, or those of files. */
const Start: View = ({ params }) => {
  const client = useClient();
  const { value: server } = useServer();
  const { value: strategies, error } = useAnswer(
    (signal) => client.listStrategies({}, { signal }),
    [client],
  );
  const { simulations } = useSimulations();
  const given = useContents();
  const [form, change] = useForm(params);
  const options = useMemo(
    () =>
      graphOptions(
        server?.examples ?? [],
        (given ?? []).map(({ contents }) => contents),
        simulations,
      ),
    [server, given, simulations],
  );
  // Files with Simulations, and those that nothing is known of, are played as they are.
  const isForForm =
    given?.every(
      ({ contents }) => contents.simulations.length === 0 && contents.graphs.length > 0,
    ) ?? false;
  const [fromFile] = options.files;
  useEffect(() => {
    if (isForForm && fromFile !== undefined) change({ graph: fromFile });
  }, [given]);
  const graph = graphOrFirst(form.graph, options);

  return (
    <>
      <h1>Start a simulation</h1>
      {given !== null && given.length > 0 && (
        <FilesPanel given={given} isChecked={server?.mayStart ?? false} />
      )}
      {given !== null && given.length > 0 && !isForForm && (
        <PlayFiles given={given} options={options} />
      )}
      {error !== undefined && <p class="wrong">{error}</p>}
      {(isForForm || given?.length === 0) && strategies !== undefined && (
        <FormView
          form={{ ...form, graph }}
          onChange={change}
          strategies={strategies}
          given={given ?? []}
          options={options}
        />
      )}
    </>
  );
};

export default Start;
