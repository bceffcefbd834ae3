import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import type { SimulationService } from '../../gen/gossip/v1/simulation_pb.ts';
import type { Jobs } from './jobs.ts';

type Handlers = Pick<
  ServiceImpl<typeof SimulationService>,
  'startSimulations' | 'followSimulation' | 'cancelSimulation' | 'watchServer'
>;

/**
 * The handlers of SimulationService that start simulations and follow them.
 *
 * @param allowed throws ConnectError where this caller may not start and cancel
 */
export function starting(jobs: Jobs, allowed: (context: HandlerContext) => void): Handlers {
  return {
    async startSimulations(request, context) {
      allowed(context);
      return jobs.start(request);
    },
    followSimulation: ({ id }, context) => jobs.follow(id, context.signal),
    async cancelSimulation({ id }, context) {
      allowed(context);
      await jobs.cancel(id);
      return {};
    },
    watchServer: (_, context) => jobs.watch(context.signal),
  };
}
