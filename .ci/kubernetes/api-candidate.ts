// node .ci/kubernetes/api-candidate.ts NAMESPACE IDENTITY: a candidate for the Lease `candidates`, which says so while it
// leads, with the time: a line every few milliseconds.
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectKubernetes, openCluster } from '../../src/kubernetes/index.ts';
import { campaign } from '../../src/operator/leader.ts';

const PAUSE = 20;
const [namespace, identity] = process.argv.slice(2);
const controller = new AbortController();
process.once('SIGTERM', () => controller.abort());

const connection = await connectKubernetes();
const cluster = openCluster(connection, { fieldManager: 'gossip-check' });
const options = { cluster, namespace, name: 'candidates', identity, signal: controller.signal };
await campaign(options, async (signal) => {
  for (; !signal.aborted; await sleep(PAUSE)) writeSync(1, `${Date.now()}\n`);
});
connection.close();
