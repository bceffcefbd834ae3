import { inputError } from '../errors.ts';
import { type Cluster, DEPLOYMENT } from '../kubernetes/index.ts';

/** What an operator's objects and decisions depend on beside what it sees. */
export interface OperatorSettings {
  /** Of all pods. */
  readonly image: string;
  readonly pullPolicy: string | undefined;
  /** Simulations from before are not played; null: all are. */
  readonly installedAt: string | null;
  /** How many play at once. */
  readonly simulationsAtOnce: number;
  /** Hosts (or workers) that one may have. */
  readonly mostHosts: number;
  /** Where results go, such as s3://simulations. */
  readonly results: string;
  /** The Secret, in each namespace, with the settings of that storage. */
  readonly storageSecret: string;
}

/** What an operator acts with. */
export interface Hands {
  readonly cluster: Cluster;
  readonly settings: OperatorSettings;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/** Where an operator finds its own Deployment, and what stands instead of the image there. */
export interface Installation {
  readonly namespace: string;
  readonly deployment: string;
  readonly image?: string;
}

/**
 * The image, pull policy and time of an operator's own Deployment, since its pods are of the same program.
 *
 * @throws GossipError `input` where there is none, and no image is given
 */
export async function readInstallation(
  cluster: Cluster,
  { namespace, deployment: name, image }: Installation,
): Promise<Pick<OperatorSettings, 'image' | 'pullPolicy' | 'installedAt'>> {
  const deployment = await cluster.get(DEPLOYMENT, { namespace, name });
  const containers = deployment?.spec?.template.spec?.containers ?? [];
  const own = containers.find((container) => container.name === 'operator') ?? containers[0];
  const found = image ?? own?.image;
  if (found === undefined) {
    throw inputError(
      `there is no Deployment ${name} in the namespace ${namespace}, whose image hosts would have; name it with --deployment, or the image with --image`,
    );
  }
  return {
    image: found,
    pullPolicy: own?.imagePullPolicy,
    installedAt: deployment?.metadata?.creationTimestamp ?? null,
  };
}
