import type { Job } from '../../kubernetes/index.ts';
import { jobOf, NOT_ITS_FAILURE } from './job.ts';
import { type Making, namesFor, podsOf, startDeadlineOf } from './making.ts';
import { podTemplate, resourcesOf } from './pod.ts';

/** Where a runner calls hosts, and where hosts call each other. */
export const HOST_PORT = 50051;
export const PEER_PORT = 50052;

/** How often a host may fail by its own fault before the Job does. */
const RETRIES = 4;
/** A host answers soon after it began, or not at all. */
const STARTUP_PERIOD = 1;

/**
 * The hosts: an Indexed Job whose pod k is the host of index k. A host is asked until it has started, and then no more: its
 * runner finds out when it no longer answers, and a busy host must not be killed.
 */
export function hostsJob(making: Making): Job {
  const names = namesFor(making);
  const hosts = podsOf(making.deployment, making.graphs[making.graph].nodes);
  return jobOf(making, names.hosts, {
    completionMode: 'Indexed',
    completions: hosts,
    parallelism: hosts,
    backoffLimitPerIndex: RETRIES,
    // Without one host nothing can be played.
    maxFailedIndexes: 0,
    podFailurePolicy: { rules: [...NOT_ITS_FAILURE] },
    template: podTemplate(
      making,
      'host',
      {
        args: [
          'node',
          '--host',
          '0.0.0.0',
          '--port',
          `${HOST_PORT}`,
          '--peer-port',
          `${PEER_PORT}`,
        ],
        env: [
          {
            name: 'GOSSIP_TOKEN',
            valueFrom: { secretKeyRef: { name: names.secret, key: 'token' } },
          },
        ],
        ports: [
          { name: 'grpc', containerPort: HOST_PORT },
          { name: 'peers', containerPort: PEER_PORT },
        ],
        resources: resourcesOf(making.resources, making.deployment.pod?.resources),
        startupProbe: {
          grpc: { port: HOST_PORT },
          timeoutSeconds: 5,
          periodSeconds: STARTUP_PERIOD,
          // Until the deadline; then all are released.
          failureThreshold: startDeadlineOf(making.deployment),
        },
      },
      { subdomain: names.hosts },
    ),
  });
}
