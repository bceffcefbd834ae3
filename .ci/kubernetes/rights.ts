/** What accounts may do, as the API server says it. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { kubectl, NAMESPACE } from './cluster.ts';

/** Of `kubectl auth can-i --list`: a resource, paths that are none, names, verbs. */
const LINE = /^(\S*)\s+\[(.*?)\]\s+\[(.*?)\]\s+\[(.*?)\]$/;

/** A service account, as the API server names it. */
export function account(namespace: string, name: string): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

/** All that an account may do in a namespace, as `resource[/name]: verbs` in order; paths such as /healthz are left out. */
export function rightsOf(who: string, namespace = NAMESPACE): string[] {
  const said = kubectl(['-n', namespace, 'auth', 'can-i', '--list', '--no-headers', '--as', who]);
  const rights: string[] = [];
  for (const line of said.trimEnd().split('\n')) {
    const [, resource, , names, verbs] = LINE.exec(line.trimEnd()) ?? [];
    if (resource === undefined) throw new Error(`kubectl says what is not understood: ${line}`);
    if (resource === '') continue;
    const sorted = verbs.split(' ').sort().join(' ');
    for (const name of names === '' ? [''] : names.split(' ')) {
      rights.push(`${resource}${name === '' ? '' : `/${name}`}: ${sorted}`);
    }
  }
  return rights.sort();
}

/** Whether an account may do one thing, said as to `kubectl auth can-i`. */
export function may(who: string, asked: readonly string[]): boolean {
  const args = ['-n', NAMESPACE, 'auth', 'can-i', ...asked, '--as', who];
  const { stdout, stderr } = spawnSync('kubectl', args, { encoding: 'utf8' });
  const [answer] = stdout.split(/\s/);
  if (answer !== 'yes' && answer !== 'no') throw new Error(`kubectl says ${stdout}${stderr}`);
  return answer === 'yes';
}

/** Writes a kubeconfig for a service account, with a token that lasts an hour and the namespace of the checks. */
export function writeKubeconfig(name: string, file: string): void {
  const token = kubectl(['-n', NAMESPACE, 'create', 'token', name]).trim();
  const mine = JSON.parse(kubectl(['config', 'view', '--raw', '--minify', '-o', 'json']));
  const [{ name: cluster }] = mine.clusters;
  const theirs = {
    ...mine,
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster, user: name, namespace: NAMESPACE } }],
    'current-context': name,
  };
  writeFileSync(file, JSON.stringify(theirs), { mode: 0o600 });
}
