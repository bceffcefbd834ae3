import http, { type Agent, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { inputError } from '../errors.ts';
import { send } from './http.ts';
import { type Environment, loadKubeConfig } from './kube-config.ts';

/** What goes to the API server. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query, from `/api` or `/apis`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The address of an API server and the credentials for it. */
export interface Connection {
  readonly server: string;
  /** The context's namespace, or the pod's; `default` where they name none. */
  readonly namespace: string;
  /** For the client library's own classes. */
  readonly kubeConfig: KubeConfig;
  /**
   * Sends a request with the credentials as they are now. Rejects with the system's errors, with GossipError `input`
   * where there are no credentials, and with the signal's reason, which ends the answer's body too.
   */
  send(request: ApiRequest, signal: AbortSignal): Promise<IncomingMessage>;
  /** Closes connections. */
  close(): void;
}

/**
 * The cluster that KUBECONFIG names (several files as for kubectl), that of ~/.kube/config, or that of the pod. It is
 * not asked anything yet.
 *
 * @param context which of the kubeconfig's contexts; where it is not given, the current one
 * @throws GossipError `input` where there is none, or what names it cannot be read
 */
export async function connectKubernetes(
  environment: Environment = process.env,
  context?: string,
): Promise<Connection> {
  const kubeConfig = await loadKubeConfig(environment, context);
  const cluster = kubeConfig.getCurrentCluster()!;
  const server = cluster.server.replace(/\/+$/, '');
  // The library refuses what has no certificate to verify, unless it is told not to.
  if (server.startsWith('http:')) Object.assign(cluster, { skipTLSVerify: true });
  const pool = createPool(server);

  /** Read anew for each request: a pod's token is replaced while it runs, and so may certificates be. */
  async function credentials(): Promise<https.RequestOptions> {
    const options: https.RequestOptions = {};
    try {
      await kubeConfig.applyToHTTPSOptions(options);
    } catch (error) {
      // Which file cannot be read, or what the command wrote that should have given some.
      const [why] = String((error as Error).message)
        .trim()
        .split('\n', 1);
      throw inputError(`there are no credentials for ${server}: ${why}`);
    }
    return options;
  }

  return {
    server,
    namespace: kubeConfig.getContextObject(kubeConfig.getCurrentContext())?.namespace || 'default',
    kubeConfig,
    async send({ method, path, headers, body }, signal) {
      const options = await credentials();
      const all: Record<string, string> = { ...headers };
      // A file with a token may end in a new line, which no header may.
      for (const [name, value] of Object.entries(options.headers ?? {}))
        all[name] = String(value).trim();
      if (options.auth) all.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
      const agent = cluster.proxyUrl ? (options.agent as Agent) : pool.agent(options);
      return send(new URL(server + path), { method, headers: all, agent, body }, signal);
    },
    close: pool.close,
  };
}

/** Connections that stay open for the next request, as long as certificates stay the same. */
function createPool(server: string) {
  let current: { readonly key: string; readonly agent: Agent } | null = null;
  return {
    agent({ ca, cert, key, passphrase, rejectUnauthorized, servername }: https.RequestOptions) {
      const tls = { ca, cert, key, passphrase, rejectUnauthorized, servername };
      const text = Object.values(tls).map(String).join('\n');
      if (current?.key !== text) {
        const given = Object.entries(tls).filter(([, value]) => value !== undefined);
        const options = { keepAlive: true, ...Object.fromEntries(given) };
        const { Agent } = server.startsWith('https:') ? https : http;
        current = { key: text, agent: new Agent(options) };
      }
      return current.agent;
    },
    close: () => current?.agent.destroy(),
  };
}
