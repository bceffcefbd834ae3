import { Aggregate } from '../../../gen/gossip/v1/host_pb.ts';
import { useAnswer } from '../../asking.ts';
import { useClient } from '../../client.ts';
import { useHistory } from '../../history.ts';
import { placeLink } from '../../place.ts';
import { useTitle } from '../../title.ts';
import { RunHeader } from './header.tsx';
import { runParamsOf } from './run-params.ts';
import { RunScreen } from './run-screen.tsx';

/** Of no more nodes all values of mean are read exactly, rather than in steps. */
const FEW_NODES = 1000;

/** A run of the storage. */
export function StoredRun({ params }: { params: URLSearchParams }) {
  const client = useClient();
  const named = runParamsOf(params);
  const { folder, execution } = named;
  const about = useAnswer(
    (signal) => client.getSimulation({ folder }, { signal }),
    [client, folder],
  );
  const graph = named.graph || (about.value?.graphs[0]?.name ?? '');
  const run = { ...named, graph };
  const picture = useAnswer(
    (signal) => {
      if (graph === '') return Promise.resolve(undefined);
      return client.getGraph({ folder, graph }, { signal }).then((answer) => answer.graph);
    },
    [client, folder, graph],
  );
  const isMean = about.value?.simulation?.aggregate === Aggregate.MEAN;
  const nodes = about.value?.graphs.find(({ name }) => name === graph)?.nodes ?? 0;
  const exact = isMean && nodes <= FEW_NODES;
  const known = about.value !== undefined && graph !== '';
  const place = { folder, graph, execution, run: run.run, exact };
  const history = useHistory(known ? place : null);
  useTitle(`${about.value?.simulation?.name ?? folder}, run ${run.run}`);

  const error = about.error ?? picture.error;
  if (about.value === undefined) {
    return (
      <>
        <h1>Run</h1>
        {error === undefined ? (
          <p class="quiet">Reading the simulation…</p>
        ) : (
          <Missing text={error} />
        )}
      </>
    );
  }
  return (
    <div class="run">
      <RunHeader about={about.value} run={run} params={params} />
      {error !== undefined && <Missing text={error} />}
      {error === undefined && picture.value === undefined && (
        <p class="quiet">Laying out the graph…</p>
      )}
      {picture.value !== undefined && (
        <RunScreen
          // Another run is not a later moment of this one.
          key={`${folder}/${graph}/${execution}/${run.run}`}
          about={about.value}
          picture={picture.value}
          known={history}
          place={place}
          run={run}
          params={params}
        />
      )}
    </div>
  );
}

function Missing({ text }: { text: string }) {
  return (
    <p class="notice">
      <span class="wrong">{text}</span> <a href={placeLink('simulations')}>All simulations</a>
    </p>
  );
}
