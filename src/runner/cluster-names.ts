import { Resolver } from 'node:dns/promises';

/** The domain of a cluster whose resolv.conf does not say it. */
const USUAL_DOMAIN = 'cluster.local';

/**
 * The domain of a cluster, as a pod's /etc/resolv.conf has it: its search line names the pod's namespace, the Services
 * (`svc.<domain>`) and the domain.
 */
export function clusterDomain(resolvConf: string): string {
  const lines = resolvConf.split(/\r?\n/).map((line) => line.trim().split(/\s+/));
  // The last search line counts.
  const [, ...searched] = lines.findLast(([keyword]) => keyword === 'search') ?? [];
  const ofServices = searched
    .filter((entry) => entry.startsWith('svc.'))
    // A namespace may be called svc too: svc.svc.cluster.local.
    .sort((a, b) => a.length - b.length);
  return ofServices[0]?.slice('svc.'.length).replace(/\.$/, '') || USUAL_DOMAIN;
}

/** The Job and the headless Service of hosts. */
export interface HostPods {
  readonly job: string;
  readonly service: string;
  readonly namespace: string;
}

/** The names of so many hosts, by index; absolute, so that a look-up is one question. */
export function hostNames(
  { job, service, namespace }: HostPods,
  count: number,
  domain: string,
): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${job}-${index}.${service}.${namespace}.svc.${domain}.`,
  );
}

/** Asks a name server for an IP address, once a look-up where the cluster speaks IPv4. Rejects with its error. */
export function createLookup(): (name: string) => Promise<string> {
  // Unlike the system's look-ups these do not wait for each other, nor ask for what is not needed.
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  return async (name) => {
    const [address] = await resolver.resolve4(name).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENODATA') throw error;
      return resolver.resolve6(name);
    });
    return address;
  };
}
