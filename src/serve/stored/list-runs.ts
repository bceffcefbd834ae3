import type { MessageInitShape } from '@bufbuild/protobuf';
import { z } from 'zod';
import type { ListRunsRequest, ListRunsResponseSchema } from '../../gen/gossip/v1/simulation_pb.ts';
import type { PartialRunRow } from '../../storage/index.ts';
import { type FindSimulation, refuseGraph } from './find.ts';
import { runMessage } from './messages.ts';
import { pageSize, pageToken, placeOfToken } from './page-token.ts';
import type { RowsOf } from './rows.ts';

const STANDARD = 1000;
const MOST = 10_000;
/** Graph, execution and run of the last one of the page before. */
const PLACE = z.tuple([z.string(), z.int().min(1), z.int().min(1)]);

/** SimulationService.listRuns. */
export function listRuns(find: FindSimulation, rowsOf: RowsOf) {
  return async (
    request: ListRunsRequest,
  ): Promise<MessageInitShape<typeof ListRunsResponseSchema>> => {
    const size = pageSize(request.pageSize, STANDARD, MOST);
    const place = placeOfToken(request.pageToken, PLACE);
    const simulation = await find(request.folder);
    if (request.graph !== '') refuseGraph(simulation, request.graph);
    const isAfter = after(simulation.graphs, place);
    const runs: ReturnType<typeof runMessage>[] = [];
    let last: PartialRunRow | null = null;
    for await (const row of rowsOf(simulation, request.graph || null)) {
      if (request.execution !== 0 && row.execution !== request.execution) continue;
      if (!isAfter(row)) continue;
      if (runs.length === size) {
        return { runs, nextPageToken: pageToken([last!.graph, last!.execution, last!.run]) };
      }
      runs.push(runMessage(row));
      last = row;
    }
    return { runs };
  };
}

/** Whether a run comes after a place: of those that are finished since, none is given twice. */
function after(graphs: readonly string[], place: z.infer<typeof PLACE> | null) {
  if (place === null) return () => true;
  const [graph, execution, run] = place;
  const order = new Map(graphs.map((name, index) => [name, index]));
  const indexOf = (name: string) => order.get(name) ?? -1;
  return (row: PartialRunRow) =>
    (indexOf(row.graph) - indexOf(graph) || row.execution - execution || row.run - run) > 0;
}
