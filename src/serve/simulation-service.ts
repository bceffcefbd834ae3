import type { ConnectRouter, ConnectRouterOptions, ServiceImpl } from '@connectrpc/connect';
import { SimulationService } from '../gen/gossip/v1/simulation_pb.ts';
import type { Access } from './access.ts';

/** Handlers of its methods. */
export type Handlers = Partial<ServiceImpl<typeof SimulationService>>;

/** Dropped files come in one message; all other requests are small. */
const LARGEST_START = 64 * 2 ** 20;
/** These change something. */
const STARTING = ['StartSimulations', 'CancelSimulation'];

/**
 * gossip.v1.SimulationService. Who may not start is refused before anything that he sends is read.
 *
 * @param handlers of all its methods
 */
export function simulationService(
  router: ConnectRouter,
  handlers: Handlers,
  access: Access,
  options: Pick<ConnectRouterOptions, 'interceptors' | 'shutdownSignal'>,
): void {
  const gated: ConnectRouterOptions = {
    ...options,
    requestGate({ method, requestHeader }) {
      if (STARTING.includes(method.name)) access.admit(requestHeader);
    },
  };
  router.service(SimulationService, handlers, gated);
  const { startSimulations } = handlers;
  if (startSimulations === undefined) return;
  // The later one of two for the same method is called.
  router.rpc(SimulationService.method.startSimulations, startSimulations, {
    ...gated,
    readMaxBytes: LARGEST_START,
  });
}
