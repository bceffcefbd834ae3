import type { ConnectRouter } from '@connectrpc/connect';
import { file_gossip_gossip, Gossip } from '../gen/gossip/gossip_pb.ts';
import { file_grpc_health_v1_health, Health } from '../gen/grpc/health/v1/health_pb.ts';
import { file_grpc_reflection_v1_reflection } from '../gen/grpc/reflection/v1/reflection_pb.ts';
import { gossipService } from './gossip-service.ts';
import { healthService } from './health-service.ts';
import { hostMetrics } from './metrics.ts';
import type { PageSource } from './pages.ts';
import { reflectionService } from './reflection-service.ts';
import type { SeedHost } from './seed-host.ts';

/** What is served on a port: services and pages. */
export interface Site {
  readonly routes: (router: ConnectRouter) => void;
  readonly pages: PageSource;
  /** Origins whose pages may call the services from a browser. */
  readonly allowOrigins: readonly string[];
  /** Bytes of the largest request that is read; by default 64 KiB. */
  readonly largestMessage?: number;
}

/**
 * All that is served of a host: gossip.Gossip, health, reflection, /healthz and /metrics.
 *
 * @param stop called once StopApplication has been asked for
 */
export function seedSite(
  host: SeedHost,
  stop: () => void,
  allowOrigins: readonly string[] = [],
): Site {
  return {
    routes(router) {
      gossipService(router, host, stop);
      healthService(router, [Gossip.typeName, Health.typeName], host.stopping);
      reflectionService(router, [
        file_gossip_gossip,
        file_grpc_health_v1_health,
        file_grpc_reflection_v1_reflection,
      ]);
    },
    pages: { isServing: () => !host.stopping.aborted, metrics: hostMetrics(host) },
    allowOrigins,
  };
}
