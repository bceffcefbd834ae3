import { once } from 'node:events';
import { Code, ConnectError, type ConnectRouter } from '@connectrpc/connect';
import {
  Health,
  HealthCheckResponse_ServingStatus as Status,
} from '../gen/grpc/health/v1/health_pb.ts';

/**
 * grpc.health.v1: the process and each of these services serve until they are stopping.
 *
 * @param services full names
 */
export function healthService(
  router: ConnectRouter,
  services: readonly string[],
  stopping: AbortSignal,
): void {
  const isKnown = (service: string) => service === '' || services.includes(service);
  const now = () => ({ status: stopping.aborted ? Status.NOT_SERVING : Status.SERVING });
  router.service(Health, {
    check({ service }) {
      if (isKnown(service)) return now();
      throw new ConnectError(`there is no service ${service.slice(0, 200)}`, Code.NotFound);
    },
    async *watch({ service }, { signal }) {
      yield isKnown(service) ? now() : { status: Status.SERVICE_UNKNOWN };
      if (!stopping.aborted) await once(AbortSignal.any([stopping, signal]), 'abort');
      if (isKnown(service) && !signal.aborted) yield now();
    },
  });
}
