import type { Server } from 'node:net';
import type { ConnectRouter } from '@connectrpc/connect';
import { file_gossip_v1_host, HostService } from '../gen/gossip/v1/host_pb.ts';
import { file_grpc_health_v1_health, Health } from '../gen/grpc/health/v1/health_pb.ts';
import { file_grpc_reflection_v1_reflection } from '../gen/grpc/reflection/v1/reflection_pb.ts';
import { createReliable, createTcp } from '../transport/index.ts';
import { healthService } from './health-service.ts';
import { trafficMetrics } from './host-metrics.ts';
import { type HostProcess, hostService } from './host-service.ts';
import type { Handler } from './one-port.ts';
import { reflectionService } from './reflection-service.ts';
import { createSimulationHost } from './simulation-host.ts';
import { nodeHandler } from './web.ts';

/** A graph is configured in one message. */
const LARGEST_MESSAGE = 256 * 2 ** 20;

/** A host without nodes yet, which answers on both its ports. */
export interface OpenedHost {
  /** What answers its runner. */
  readonly handler: Handler;
  /** Fails the rounds in hand, and closes all there is to peers, their port too, within a deadline in milliseconds. */
  close(deadline: number): Promise<void>;
}

/**
 * Makes the host whose peers come to this server. In a module of its own, which is loaded when somebody calls.
 *
 * @param allowOrigins origins whose pages may call it from a browser
 */
export async function openHost(
  peers: Server,
  process: Omit<HostProcess, 'useToken'>,
  allowOrigins: readonly string[],
): Promise<OpenedHost> {
  const tcp = createTcp({ listen: peers, token: process.token });
  const transport = createReliable(tcp);
  const host = createSimulationHost(transport);
  await transport.listen((request) => host.answer(request));
  const routes = (router: ConnectRouter) => {
    hostService(router, host, { ...process, useToken: tcp.useToken });
    healthService(router, [HostService.typeName, Health.typeName], process.stopping);
    reflectionService(router, [
      file_gossip_v1_host,
      file_grpc_health_v1_health,
      file_grpc_reflection_v1_reflection,
    ]);
  };
  const isServing = () => !process.stopping.aborted;
  return {
    handler: nodeHandler({
      routes,
      pages: { isServing, metrics: trafficMetrics(transport) },
      allowOrigins,
      largestMessage: LARGEST_MESSAGE,
    }),
    async close(deadline) {
      host.stop();
      await transport.close(deadline);
    },
  };
}
