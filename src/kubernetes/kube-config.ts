import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { GossipError, inputError } from '../errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a pod finds the token of its service account. */
const POD_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
/** A kubeconfig is smaller, in bytes. */
const LARGEST = 2 ** 22;
const WHAT_WOULD_BE_RIGHT = 'set KUBECONFIG to the kubeconfig file of a cluster';

/**
 * The cluster that KUBECONFIG names (several files as for kubectl), that of ~/.kube/config, or that of the pod; its
 * current context names a cluster with an address.
 *
 * @param context which of the contexts is the current one; where it is not given, the files say it
 * @throws GossipError `input` where there is none, or what names it cannot be read
 */
export async function loadKubeConfig(
  environment: Environment,
  context?: string,
): Promise<KubeConfig> {
  // Loaded when a cluster is asked for: it is large.
  const { KubeConfig } = await import('@kubernetes/client-node');
  const kubeConfig = new KubeConfig();
  const { files, source } = filesOf(environment);
  if (files.length === 0) {
    if (!existsSync(POD_TOKEN) || !environment.KUBERNETES_SERVICE_HOST)
      throw inputError(
        `no cluster is named: KUBECONFIG is not set, there is no ~/.kube/config, and this is no pod; ${WHAT_WOULD_BE_RIGHT}`,
      );
    kubeConfig.loadFromCluster();
    return kubeConfig;
  }
  for (const [index, file] of files.entries()) {
    const next = index === 0 ? kubeConfig : new KubeConfig();
    read(next, file, source);
    if (next !== kubeConfig) kubeConfig.mergeConfig(next, Boolean(kubeConfig.getCurrentContext()));
  }
  if (context !== undefined) choose(kubeConfig, context, source);
  checkCluster(kubeConfig, source);
  return kubeConfig;
}

/** Files of KUBECONFIG that are not there are passed over, as kubectl does, where another one is. */
function filesOf(environment: Environment): { files: string[]; source: string } {
  const source = 'KUBECONFIG';
  const named = (environment.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  if (named.length > 0) {
    const there = named.filter((file) => existsSync(file));
    if (there.length > 0) return { files: there, source };
    throw inputError(
      `${source} names ${named.join(', ')}, which is not there; ${WHAT_WOULD_BE_RIGHT}`,
    );
  }
  const usual = join(environment.HOME || homedir(), '.kube', 'config');
  return { files: existsSync(usual) ? [usual] : [], source: '~/.kube/config' };
}

function read(kubeConfig: KubeConfig, file: string, source: string): void {
  const wrong = (why: string): GossipError =>
    inputError(`cannot read the kubeconfig ${file} (${source}): ${why}; ${WHAT_WOULD_BE_RIGHT}`);
  let text: string;
  try {
    if (statSync(file).size > LARGEST) throw wrong(`it has more than ${LARGEST} bytes`);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw error instanceof GossipError ? error : wrong(String((error as { code?: string }).code));
  }
  try {
    kubeConfig.loadFromString(text);
    kubeConfig.makePathsAbsolute(dirname(file));
  } catch (error) {
    // The message of a parser quotes the lines around, which may hold a key.
    const { reason, mark } = error as { reason?: string; mark?: { line: number } };
    const where = mark === undefined ? '' : `line ${mark.line + 1}: `;
    throw wrong(reason === undefined ? 'it is no kubeconfig' : `${where}${reason}`);
  }
}

function choose(kubeConfig: KubeConfig, context: string, source: string): void {
  kubeConfig.setCurrentContext(context);
  if (kubeConfig.getContextObject(context) !== null) return;
  const names = kubeConfig.getContexts().map(({ name }) => name);
  throw inputError(
    `the kubeconfig (${source}) has no context "${context}": there are ${names.join(', ')}`,
  );
}

function checkCluster(kubeConfig: KubeConfig, source: string): void {
  const name = kubeConfig.getCurrentContext();
  const context = kubeConfig.getContextObject(name);
  const wrong = (why: string) => inputError(`the kubeconfig (${source}) ${why}`);
  if (!name) throw wrong('has no current-context; choose one with kubectl config use-context');
  if (context === null) throw wrong(`has no context "${name}", which its current-context names`);
  const cluster = kubeConfig.getCluster(context.cluster);
  if (cluster === null)
    throw wrong(`has no cluster "${context.cluster}", which its context "${name}" names`);
  if (!/^https?:\/\//.test(cluster.server ?? '') || !URL.canParse(cluster.server))
    throw wrong(`gives the cluster "${cluster.name}" no address as https://host:port`);
}
