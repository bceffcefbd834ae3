import type { Run } from '../../../gen/gossip/v1/simulation_pb.ts';
import type { SimulationClient } from '../../client.ts';

const PAGE = 10_000;

/** Which runs are asked for; an empty graph and execution 0: those of all. */
export interface RunsPlace {
  readonly folder: string;
  readonly graph: string;
  readonly execution: number;
}

/** The runs of a simulation, in their order, so many at once. */
export async function* runPages(
  client: Pick<SimulationClient, 'listRuns'>,
  { folder, graph, execution }: RunsPlace,
  signal?: AbortSignal,
): AsyncGenerator<Run[]> {
  let pageToken = '';
  do {
    const asked = { folder, graph, execution, pageSize: PAGE, pageToken };
    const page: { runs: Run[]; nextPageToken: string } = await client.listRuns(asked, { signal });
    yield page.runs;
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
}
