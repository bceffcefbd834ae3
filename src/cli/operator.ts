import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Command } from 'commander';
import { inputError } from '../errors.ts';
import { connectKubernetes, openCluster } from '../kubernetes/index.ts';
import { runOperator } from '../operator/operator.ts';
import { jsonLog } from '../service/log.ts';
import { parseS3Address } from '../storage/s3-address.ts';
import { integerFlag } from './flags.ts';
import { onSignals } from './interruption.ts';

interface OperatorFlags {
  readonly namespaces?: readonly string[];
  readonly deployment: string;
  readonly image?: string;
  readonly simulationsAtOnce: number;
  readonly mostHosts: number;
  readonly results: string;
  readonly storageSecret: string;
  readonly port: number;
}

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const MOST_HOSTS = 100_000;

/** `gossip operator`: plays the Simulations of a cluster. */
export function operatorCommand(done: (code: number) => void): Command {
  return new Command('operator')
    .description(
      'play Simulations of a Kubernetes cluster: make their pods, follow them, clean up (deploy/ installs it)',
    )
    .option(
      '--namespaces <names>',
      'whose Simulations are played, separated by commas (its own: POD_NAMESPACE)',
      namespacesOf,
    )
    .option('--deployment <name>', 'its own, whose image pods have', 'gossip-operator')
    .option('--image <image>', "the pods' image, in place of its own")
    .option(
      '--simulations-at-once <n>',
      'how many play at a time; others are queued',
      integerFlag(1, 1000),
      4,
    )
    .option(
      '--most-hosts <n>',
      'a Simulation that needs more pods is refused',
      integerFlag(1, MOST_HOSTS),
      5000,
    )
    .option('--results <place>', 'where results go', placeOf, 's3://simulations')
    .option(
      '--storage-secret <name>',
      "the Secret, in each namespace, with that storage's MINIO_ENDPOINT, MINIO_USER, MINIO_PASSWORD",
      'gossip-storage',
    )
    .option('--port <n>', 'for /metrics, /healthz, /readyz', integerFlag(0, 65535), 8080)
    .action(async (flags: OperatorFlags) => done(await operate(flags)));
}

async function operate(flags: OperatorFlags): Promise<number> {
  const { deployment, image, port, simulationsAtOnce, mostHosts, results, storageSecret } = flags;
  const { signal, stop } = onSignals();
  const connection = await connectKubernetes();
  const namespace = process.env.POD_NAMESPACE || connection.namespace;
  const cluster = openCluster(connection, { fieldManager: 'gossip-operator' });
  try {
    await runOperator({
      cluster,
      installation: { namespace, deployment, image },
      namespaces: flags.namespaces ?? [namespace],
      settings: { simulationsAtOnce, mostHosts, results, storageSecret },
      port,
      identity: `${process.env.POD_NAME || hostname()}-${randomUUID().slice(0, 8)}`,
      notice: jsonLog,
      signal,
    });
    // Told to leave: what it leaves plays on, and the next operator goes on from there.
    return 0;
  } finally {
    cluster.close();
    stop();
  }
}

function namespacesOf(text: string): string[] {
  const names = text.split(',');
  const wrong = names.find((name) => !NAMESPACE.test(name));
  if (wrong === undefined) return [...new Set(names)];
  throw inputError(
    `--namespaces: ${JSON.stringify(wrong.slice(0, 100))} is no namespace: write names of up to 63 lowercase letters, digits and "-", separated by commas`,
  );
}

function placeOf(text: string): string {
  parseS3Address(text);
  return text.replace(/\/$/, '');
}
