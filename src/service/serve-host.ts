import type { ConnectRouter } from '@connectrpc/connect';
import { file_gossip_v1_host, HostService } from '../gen/gossip/v1/host_pb.ts';
import { file_grpc_health_v1_health, Health } from '../gen/grpc/health/v1/health_pb.ts';
import { file_grpc_reflection_v1_reflection } from '../gen/grpc/reflection/v1/reflection_pb.ts';
import { createReliable, createTcp } from '../transport/index.ts';
import { healthService } from './health-service.ts';
import { trafficMetrics } from './host-metrics.ts';
import { hostService } from './host-service.ts';
import type { Log } from './log.ts';
import { type OnePort, serveOnePort } from './one-port.ts';
import { reflectionService } from './reflection-service.ts';
import { createSimulationHost } from './simulation-host.ts';
import { nodeHandler } from './web.ts';

/** How a host that a runner will configure is served. */
export interface HostOptions {
  /** Where to listen for the runner; 0: a free port. */
  readonly port: number;
  /** Where to listen for the hosts of other nodes; 0: a free port. */
  readonly peerPort: number;
  /** The address to listen on, both ports. */
  readonly host: string;
  /** What a runner must show to configure this host; empty: nothing. */
  readonly token: string;
  readonly version: string;
  readonly allowOrigins: readonly string[];
  readonly log: Log;
}

/** A host that is being served. */
export interface ServedHost {
  readonly port: number;
  /** Where peers reach it, "host:port". */
  readonly peerAddress: string;
  /** Finishes what is in hand and closes all sockets, within a deadline in milliseconds. */
  stop(deadline: number): Promise<void>;
  /** Resolves when it has stopped because a runner called Stop. */
  readonly stopped: Promise<void>;
}

/** A graph is configured in one message. */
const LARGEST_MESSAGE = 256 * 2 ** 20;

/** Serves a host without nodes, which a runner configures. Throws GossipError `input` for an address it cannot have. */
export async function serveHost(options: HostOptions): Promise<ServedHost> {
  const { host: address, log } = options;
  const tcp = createTcp({
    listen: { host: address, port: options.peerPort },
    token: options.token,
  });
  const transport = createReliable(tcp);
  const host = createSimulationHost(transport);
  const peerAddress = await transport.listen((request) => host.answer(request));
  const stopping = new AbortController();
  const stopped = Promise.withResolvers<void>();
  let closing: Promise<void> | null = null;
  let web: OnePort;

  function stop(deadline: number): Promise<void> {
    closing ??= (async () => {
      const until = performance.now() + deadline;
      stopping.abort();
      host.stop();
      await transport.close(deadline);
      await web.close(Math.max(0, until - performance.now()));
      log('stopped', {});
    })();
    return closing;
  }

  const process = {
    version: options.version,
    peerPort: Number(peerAddress.slice(peerAddress.lastIndexOf(':') + 1)),
    token: options.token,
    useToken: tcp.useToken,
    stopping: stopping.signal,
    stop: (deadline: number) => void stop(deadline).then(stopped.resolve, stopped.reject),
  };
  const routes = (router: ConnectRouter) => {
    hostService(router, host, process);
    healthService(router, [HostService.typeName, Health.typeName], stopping.signal);
    reflectionService(router, [
      file_gossip_v1_host,
      file_grpc_health_v1_health,
      file_grpc_reflection_v1_reflection,
    ]);
  };
  const site = {
    routes,
    pages: { isServing: () => !stopping.signal.aborted, metrics: trafficMetrics(transport) },
    allowOrigins: options.allowOrigins,
    largestMessage: LARGEST_MESSAGE,
  };
  try {
    web = await serveOnePort(nodeHandler(site), { host: address, port: options.port }, '--port');
  } catch (error) {
    await transport.close();
    throw error;
  }
  log('listening', { port: web.port, peerAddress });
  return { port: web.port, peerAddress, stop, stopped: stopped.promise };
}
