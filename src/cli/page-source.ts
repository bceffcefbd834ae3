import {
  Code,
  ConnectError,
  createClient,
  createRouterTransport,
  type Interceptor,
} from '@connectrpc/connect';
import { GossipError } from '../errors.ts';
import { SimulationService } from '../gen/gossip/v1/simulation_pb.ts';
import { runHandlers } from '../replay/index.ts';
import { openReading, type ReadingOptions } from '../serve/stored/index.ts';

/** The simulations of a storage, as the page of a server would ask for them. */
export function openSource(options: Omit<ReadingOptions, 'graphs' | 'ended'>) {
  const { handlers, openRun } = openReading({ ...options, graphs: new Map(), ended: () => 0 });
  const transport = createRouterTransport(
    ({ service }) => {
      service(SimulationService, { ...handlers, ...runHandlers({ open: openRun }) });
    },
    { router: { interceptors: [asConnectErrors] } },
  );
  return { client: createClient(SimulationService, transport), openRun };
}

/** What somebody wrote wrongly keeps its words on the way through the service. */
const asConnectErrors: Interceptor = (next) => async (request) => {
  try {
    return await next(request);
  } catch (error) {
    if (!(error instanceof GossipError)) throw error;
    throw new ConnectError(error.message, Code.InvalidArgument, undefined, undefined, error);
  }
};
