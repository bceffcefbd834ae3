// node .ci/kubernetes/api-conformance.ts: what src/kubernetes does with the API server that KUBECONFIG names, in a
// namespace and with a kind of its own. It needs the rights of an administrator.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CONFIG_MAP,
  type ConfigMap,
  connectKubernetes,
  EVENT,
  type Kind,
  KubernetesError,
  type KubernetesObject,
  keyOf,
  NAMESPACE,
  openCluster,
  SECRET,
  watchAll,
} from '../../src/kubernetes/index.ts';
import { createRecorder } from '../../src/operator/events.ts';
import { check, exitCode } from './report.ts';

interface Thing extends KubernetesObject {
  readonly spec: { readonly count: number };
  readonly status?: { readonly state?: string; readonly words?: string };
}

const CRD: Kind<KubernetesObject & { spec?: object; status?: { acceptedNames?: object } }> = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};
const id = `${process.pid}-${Date.now() % 1e6}`;
const THING: Kind<Thing> = {
  apiVersion: `check-${id}.gossip.io/v1`,
  kind: 'Thing',
  plural: 'things',
  namespaced: true,
};
const namespace = `gossip-api-${id}`;
const DEFINITION = { name: `things.check-${id}.gossip.io` };
const OBJECTS = 30;

const connection = await connectKubernetes();
const open = (fieldManager: string) => openCluster(connection, { fieldManager });
const cluster = open('gossip-check');
try {
  await cluster.create(NAMESPACE, { metadata: { name: namespace } });
  await cluster.apply(CRD, definition());
  await check('made, found, changed, deleted', objects);
  await check('applied twice, nothing changes', applied);
  await check('a status of its own', statuses);
  await check(`${OBJECTS} objects in pages, by label, by field, and their metadata alone`, lists);
  await check('a watch knows what there is, whatever happens', watches);
  await check('events are recorded, and counted', events);
  await check('what is wrong is said in words', words);
} finally {
  await cluster.delete(NAMESPACE, { name: namespace });
  await cluster.delete(CRD, DEFINITION);
  connection.close();
}
process.exitCode = exitCode();

async function objects(): Promise<string[]> {
  const key = { namespace, name: 'one' };
  const object: ConfigMap = { metadata: key, data: { x: '1' } };
  const made = await cluster.create(CONFIG_MAP, object);
  const wrong: string[] = [];
  if (made?.data?.x !== '1') wrong.push(`made: ${JSON.stringify(made)}`);
  if ((await cluster.create(CONFIG_MAP, object)) !== null) wrong.push('it is made twice');
  const found = await cluster.get(CONFIG_MAP, key);
  if (found?.metadata?.uid !== made?.metadata?.uid) wrong.push(`found: ${JSON.stringify(found)}`);
  const changed = await cluster.update(CONFIG_MAP, { ...found!, data: { x: '2' } });
  if (changed?.data?.x !== '2') wrong.push(`changed: ${JSON.stringify(changed)}`);
  const late = await cluster.update(CONFIG_MAP, { ...found!, data: { x: '3' } });
  if (late !== null) wrong.push('what has changed since is written over');
  if (await cluster.delete(CONFIG_MAP, { ...key, uid: 'another' }))
    wrong.push('another is deleted');
  if (!(await cluster.delete(CONFIG_MAP, { ...key, uid: found?.metadata?.uid })))
    wrong.push('it is not deleted');
  if (await cluster.delete(CONFIG_MAP, key)) wrong.push('it is deleted twice');
  if ((await cluster.get(CONFIG_MAP, key)) !== null) wrong.push('it is found though deleted');
  const secret = {
    metadata: { namespace, name: 'secret' },
    immutable: true,
    stringData: { x: 'y' },
  };
  await cluster.create(SECRET, secret);
  if ((await cluster.create(SECRET, secret)) !== null) wrong.push('a secret is made twice');
  return wrong;
}

async function applied(): Promise<string[]> {
  const metadata = { namespace, name: 'applied', labels: { app: 'x' } };
  const first = await cluster.apply(CONFIG_MAP, { metadata, data: { a: '1', b: '2' } });
  const again = await cluster.apply(CONFIG_MAP, { metadata, data: { a: '1', b: '2' } });
  const wrong: string[] = [];
  if (first.metadata?.resourceVersion !== again.metadata?.resourceVersion)
    wrong.push('applied again, its version is another');
  await open('another').apply(CONFIG_MAP, { metadata, data: { a: '9', c: '3' } });
  const less = await cluster.apply(CONFIG_MAP, { metadata, data: { a: '1' } });
  if (JSON.stringify(less.data) !== '{"a":"1","c":"3"}')
    wrong.push(`what is left out stays, or another's goes: ${JSON.stringify(less.data)}`);
  return wrong;
}

async function statuses(): Promise<string[]> {
  const metadata = { namespace, name: 'one' };
  const thing = await defined(() => cluster.apply(THING, { metadata, spec: { count: 1 } }));
  const keyed = ({ metadata = {} }: Thing) => {
    const { uid, resourceVersion = '' } = metadata;
    return { namespace, name: 'one', uid, resourceVersion };
  };
  const wrong: string[] = [];
  const running = { state: 'Running', words: 'half' };
  const first = await cluster.patchStatus(THING, keyed(thing), running);
  const again = await cluster.patchStatus(THING, keyed(first!), running);
  if (again?.metadata?.resourceVersion !== first?.metadata?.resourceVersion)
    wrong.push('the same status again is a change');
  const less = await cluster.patchStatus(THING, keyed(again!), { state: 'Complete' });
  if (JSON.stringify(less?.status) !== '{"state":"Complete"}' || less?.spec.count !== 1)
    wrong.push(`then: ${JSON.stringify(less)}`);
  const spec = await cluster.apply(THING, { metadata, spec: { count: 2 } });
  if (spec.status?.state !== 'Complete') wrong.push('spec undoes status');
  await cluster.delete(THING, metadata);
  await cluster.apply(THING, { metadata, spec: { count: 1 } });
  for (const old of [thing, less!, spec])
    if ((await cluster.patchStatus(THING, keyed(old), { state: 'Failed' })) !== null)
      wrong.push(`a status is written of ${JSON.stringify(old)}`);
  const key = { ...metadata, name: 'none', resourceVersion: '1' };
  if ((await cluster.patchStatus(THING, key, { state: 'Failed' })) !== null)
    wrong.push('a status is written of nothing');
  return wrong;
}

/** The API server takes a moment to serve a kind that is new. */
async function defined<T>(act: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if (attempt === 50 || !(error instanceof KubernetesError) || error.status !== 404)
        throw error;
      await sleep(200);
    }
  }
}

async function lists(): Promise<string[]> {
  for (let index = 0; index < OBJECTS; index++) {
    const metadata = { namespace, name: `many-${index}`, labels: { parity: `${index % 2}` } };
    await cluster.create(CONFIG_MAP, { metadata, data: { x: 'x'.repeat(1000) } });
  }
  const wrong: string[] = [];
  const labels = { parity: '1' };
  const names = ({ items }: { items: KubernetesObject[] }) =>
    new Set(items.map(({ metadata }) => metadata?.name));
  const odd = names(await cluster.list(CONFIG_MAP, namespace, { labels, limit: 4 }));
  if (odd.size !== OBJECTS / 2 || !odd.has('many-1') || odd.has('many-2'))
    wrong.push(`by label: ${[...odd]}`);
  const both = await cluster.list(CONFIG_MAP, null, { labels: 'parity in (0, 1)', limit: 7 });
  if (names(both).size !== OBJECTS) wrong.push(`in all namespaces: ${names(both).size}`);
  if (both.items.some((item) => item.kind !== 'ConfigMap' || item.metadata?.managedFields))
    wrong.push('items have no kind, or managedFields');
  const one = await cluster.list(CONFIG_MAP, namespace, { fields: 'metadata.name=many-3' });
  if ([...names(one)].join() !== 'many-3') wrong.push(`by field: ${[...names(one)]}`);
  const slim = await cluster.listMetadata(CONFIG_MAP, namespace, { labels });
  if (names(slim).size !== OBJECTS / 2 || slim.items.some((item) => 'data' in item))
    wrong.push('metadata alone is not');
  return wrong;
}

async function watches(): Promise<string[]> {
  const controller = new AbortController();
  const told = new Map<string, string | undefined>();
  const notices: string[] = [];
  const watched = watchAll(cluster, CONFIG_MAP, {
    namespaces: [namespace],
    labels: { watched: 'yes' },
    onChange(key, object) {
      if (object === null) told.delete(key);
      else told.set(key, object.data?.x);
    },
    notice: (text) => notices.push(text),
    signal: controller.signal,
    // The server ends each stream in time, again and again.
    timing: { stream: 1000, resync: 3000 },
  });
  await watched.synced;
  for (let change = 0; change < 60; change++) {
    const metadata = { namespace, name: `seen-${change % 7}`, labels: { watched: 'yes' } };
    if (change % 5 === 4) await cluster.delete(CONFIG_MAP, metadata);
    else await cluster.apply(CONFIG_MAP, { metadata, data: { x: `${change}` } });
    await sleep(100);
  }
  const { items } = await cluster.list(CONFIG_MAP, namespace, { labels: { watched: 'yes' } });
  const there = JSON.stringify(items.map((item) => [keyOf(item), item.data?.x]).sort());
  const known = () =>
    JSON.stringify([...watched.objects].map(([key, { data }]) => [key, data?.x]).sort());
  for (let attempt = 0; attempt < 50 && known() !== there; attempt++) await sleep(100);
  controller.abort();
  await watched.ended;
  const wrong = [...notices];
  if (known() !== there) wrong.push(`known: ${known()}`, `there: ${there}`);
  if (JSON.stringify([...told].sort()) !== there) wrong.push(`told: ${[...told]}`);
  return wrong;
}

async function events(): Promise<string[]> {
  const notices: string[] = [];
  const notice = (text: string) => notices.push(text);
  const options = { component: 'gossip-check', instance: 'one', repeatPause: 200, notice };
  const { record, flush } = createRecorder({ cluster, ...options });
  const { items } = await cluster.list(CONFIG_MAP, namespace, { fields: 'metadata.name=many-3' });
  for (let repeat = 0; repeat < 5; repeat++) {
    record(items[0], { type: 'Warning', reason: 'Bad', message: 'ü'.repeat(2000) });
    await sleep(150);
  }
  record(items[0], { type: 'Normal', reason: 'Good', message: 'it is good' });
  await flush();
  const found = await cluster.list(EVENT, namespace, { fields: 'involvedObject.name=many-3' });
  const said = found.items.map(({ reason, type, count }) => `${reason} ${type} ${count}`).sort();
  if (said.join() !== 'Bad Warning 5,Good Normal 1') notices.push(`there are: ${said}`);
  return notices;
}

async function words(): Promise<string[]> {
  const nobody: Kind = { ...THING, plural: 'nothings' };
  const cases: [() => Promise<unknown>, RegExp][] = [
    [
      () => cluster.apply(CONFIG_MAP, { metadata: { namespace: 'none-such', name: 'a' } }),
      /^cannot patch configmaps "a" in the namespace "none-such": there is no such namespace/,
    ],
    [() => cluster.list(nobody, namespace), /where the kind is not installed there, install it$/],
    [
      () => cluster.apply(CONFIG_MAP, { metadata: { namespace, name: 'A' } }),
      /metadata\.name: Invalid value: "A"/,
    ],
    [
      () =>
        cluster.apply(CONFIG_MAP, { metadata: { namespace, name: 'a' }, date: {} } as ConfigMap),
      /\.date: field not declared in schema/,
    ],
  ];
  const wrong: string[] = [];
  for (const [asked, expected] of cases) {
    const error = await asked().then(
      () => new Error('it is done'),
      (error) => error as Error,
    );
    const known = error instanceof KubernetesError && error.code === 'input';
    if (!known || !expected.test(error.message)) wrong.push(`${error}`);
  }
  return wrong;
}

function definition() {
  const properties = {
    spec: { type: 'object', properties: { count: { type: 'integer' } } },
    status: {
      type: 'object',
      properties: { state: { type: 'string' }, words: { type: 'string' } },
    },
  };
  return {
    metadata: DEFINITION,
    spec: {
      group: `check-${id}.gossip.io`,
      names: { kind: 'Thing', plural: 'things', singular: 'thing', listKind: 'ThingList' },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: { type: 'object', properties } },
        },
      ],
    },
  };
}
