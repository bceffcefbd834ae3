import type { Service } from '../../kubernetes/index.ts';
import { HOST_PORT, PEER_PORT } from './hosts-job.ts';
import { ownedMetadata, podLabels } from './labels.ts';
import { type Making, namesFor } from './making.ts';

/** The headless Service by which the runner finds hosts: `<job>-<index>.<service>`. A host has its name before it is ready. */
export function hostsService(making: Making): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: ownedMetadata(making, namesFor(making).hosts),
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: podLabels(making, 'host'),
      ports: [
        { name: 'grpc', port: HOST_PORT },
        { name: 'peers', port: PEER_PORT },
      ],
    },
  };
}
