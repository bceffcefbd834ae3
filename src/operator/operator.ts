import type { Cluster } from '../kubernetes/index.ts';
import { createRecorder } from './events.ts';
import { type Led, lead } from './lead.ts';
import { campaign } from './leader.ts';
import { createMetrics } from './metrics.ts';
import { MANAGER } from './names.ts';
import { serveMetrics } from './serve-metrics.ts';
import { type Installation, type OperatorSettings, readInstallation } from './settings.ts';

export interface OperatorOptions {
  readonly cluster: Cluster;
  /** Its own namespace and Deployment. */
  readonly installation: Installation;
  /** In which it plays Simulations. */
  readonly namespaces: readonly string[];
  readonly settings: Omit<OperatorSettings, 'image' | 'pullPolicy' | 'installedAt'>;
  /** Where /metrics, /healthz and /readyz are served. */
  readonly port: number;
  /** Unlike any other operator's; people see it in the Lease. */
  readonly identity: string;
  readonly notice: (text: string, fields?: Readonly<Record<string, unknown>>) => void;
  /** Ends it: what is under way is finished, and what plays goes on without it. */
  readonly signal: AbortSignal;
}

/**
 * Plays the Simulations of some namespaces, while it is the leader, until the signal aborts.
 *
 * @throws GossipError `input` where it does not find its Deployment, may not do what it must, or cannot listen
 */
export async function runOperator(options: OperatorOptions): Promise<void> {
  const { cluster, installation, namespaces, port, identity, notice, signal } = options;
  const installed = await readInstallation(cluster, installation);
  const settings = { ...options.settings, ...installed };
  notice(`plays Simulations of ${namespaces.join(', ')} with ${settings.image}`);
  let led: Led | null = null;
  const metrics = createMetrics({
    queueDepth: () => led?.depth ?? 0,
    leader: () => led !== null,
    requests: cluster.requests,
    simulations: () => led?.states() ?? {},
  });
  const recorder = createRecorder({ cluster, component: MANAGER, instance: identity, notice });
  const ready = () =>
    led === null || led.synced
      ? null
      : 'the Simulations and Jobs there are could not be listed yet';
  const server = await serveMetrics({ port, metrics, ready });
  try {
    const { reconciled } = metrics;
    const leading = { cluster, namespaces, settings, recorder, reconciled, notice };
    await campaign(
      { cluster, namespace: installation.namespace, name: MANAGER, identity, notice, signal },
      async (leads) => {
        led = lead(leading, leads);
        await led.ended;
        led = null;
      },
    );
    await recorder.flush();
  } finally {
    await server.close();
  }
}
