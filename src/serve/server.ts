import { Code, ConnectError, type ConnectRouter } from '@connectrpc/connect';
import { file_gossip_v1_simulation, SimulationService } from '../gen/gossip/v1/simulation_pb.ts';
import { file_grpc_health_v1_health, Health } from '../gen/grpc/health/v1/health_pb.ts';
import { file_grpc_reflection_v1_reflection } from '../gen/grpc/reflection/v1/reflection_pb.ts';
import { healthService } from '../service/health-service.ts';
import type { Log } from '../service/log.ts';
import { type OnePort, serveOnePort } from '../service/one-port.ts';
import { reflectionService } from '../service/reflection-service.ts';
import { createAccess } from './access.ts';
import { createCalls } from './calls.ts';
import { pageHandler } from './handler.ts';
import { serverMetrics } from './metrics.ts';
import { simulationService } from './simulation-service.ts';
import { openSimulations, type SimulationsOptions } from './simulations.ts';
import { readStaticFiles } from './static-files.ts';

/** How simulations are served. */
export interface ServerOptions extends SimulationsOptions {
  /** The address to listen on. */
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Where a proxy has this server, for people. */
  readonly publicUrls: readonly URL[];
  /** What callers must show to start and to cancel; null: nothing on the loopback address, elsewhere they may not. */
  readonly token: string | null;
  /** The folder of the page's files. */
  readonly page: URL;
  readonly log: Log;
}

/** A server of simulations. */
export interface Server {
  readonly port: number;
  /** Whether callers may start and cancel. */
  readonly mayStart: boolean;
  /** Ends streams and what is being played, lets other calls be answered, and closes all sockets, within milliseconds. */
  stop(deadline: number): Promise<void>;
}

/**
 * Serves the page and gossip.v1.SimulationService on one port: gRPC, gRPC-web and Connect, with health, reflection,
 * /healthz and /metrics.
 *
 * @throws GossipError `input` where the address cannot be listened on
 */
export async function serveSimulations(options: ServerOptions): Promise<Server> {
  const { host, publicUrls, token, log } = options;
  const files = await readStaticFiles(options.page);
  const stopping = new AbortController();
  let web: OnePort;
  const access = createAccess({ host, port: () => web.port, publicUrls, token });
  const simulations = openSimulations(options, access, stopping.signal);
  const calls = createCalls(log);

  function routes(router: ConnectRouter): void {
    simulationService(router, simulations.handlers, access, {
      interceptors: [calls.interceptor],
      shutdownSignal: stopping.signal,
    });
    healthService(router, [SimulationService.typeName, Health.typeName], stopping.signal);
    reflectionService(router, [
      file_gossip_v1_simulation,
      file_grpc_health_v1_health,
      file_grpc_reflection_v1_reflection,
    ]);
  }

  const pages = {
    isServing: () => !stopping.signal.aborted,
    metrics: serverMetrics({ calls, jobs: simulations.jobStates }),
  };
  const handler = pageHandler({ routes, pages, allowOrigins: [] }, files, access);
  web = await serveOnePort(async () => handler, { host, port: options.port }, '--port');
  return {
    port: web.port,
    mayStart: access.mayStart,
    async stop(deadline) {
      stopping.abort(new ConnectError('this server stops', Code.Unavailable));
      await Promise.all([simulations.stop(), web.close(deadline)]);
    },
  };
}
