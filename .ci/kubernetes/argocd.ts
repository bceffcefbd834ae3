// node .ci/kubernetes/argocd.ts: what deploy/argocd says of a Simulation's health, by a Lua interpreter.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { exitCode, report } from './report.ts';

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

const FILE = 'deploy/argocd/health.yaml';
const { data } = parse(readFileSync(FILE, 'utf8'));
const script: string = data['resource.customizations.health.gossip.io_Simulation'];
// Argo CD's own is a 5.1.
const lua = ['lua5.1', 'lua', 'lua5.4'].find((name) => spawnSync(name, ['-v']).status === 0);

const said = (type: string, status: string, message: string) => ({ type, status, message });
const accepted = said('Accepted', 'True', 'it is played');
const CASES: readonly [what: string, status: Value | null, health: string, message: string][] = [
  ['not seen yet', null, 'Progressing', 'waits for the operator'],
  ['played', { state: 'Running', progress: 'runs 3/5' }, 'Progressing', 'runs 3/5'],
  ['queued', { state: 'Queued', progress: 'waits' }, 'Progressing', 'waits'],
  ['complete', { state: 'Complete', progress: 'runs 5/5' }, 'Healthy', 'runs 5/5'],
  ['suspended', { state: 'Suspended', progress: 'runs 3/5' }, 'Suspended', 'runs 3/5'],
  [
    'complete, but the spec is newer',
    { state: 'Complete', progress: 'runs 5/5', observedGeneration: 1 },
    'Progressing',
    'runs 5/5',
  ],
  [
    'failed',
    { state: 'Failed', conditions: [accepted, said('Failed', 'True', '3 of 5 hosts')] },
    'Degraded',
    '3 of 5 hosts',
  ],
  [
    'refused',
    { state: 'Refused', conditions: [said('Accepted', 'False', 'spec.algorithm: no such')] },
    'Degraded',
    'spec.algorithm: no such',
  ],
];

if (lua === undefined) report('a Lua interpreter is there (apt-get install lua5.1)', ['it is not']);
else for (const each of CASES) judged(lua, ...each);
process.exitCode = exitCode();

function judged(
  lua: string,
  what: string,
  status: Value | null,
  health: string,
  message: string,
): void {
  const metadata = { name: 'sim', generation: 2 };
  const object = literal(status === null ? { metadata } : { metadata, status });
  const program = `local function judge(obj) ${script} end
    local health = judge(${object}); io.write(health.status, ": ", health.message)`;
  const { stdout, stderr } = spawnSync(lua, ['-'], { input: program, encoding: 'utf8' });
  const right = `${health}: ${message}`;
  report(`Argo CD: ${what} is ${health}`, stdout === right ? [] : [`${stdout}${stderr}`]);
}

/** A value as Lua writes it. */
function literal(value: Value): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `{${value.map(literal).join(', ')}}`;
  const fields = Object.entries(value).map(
    ([key, field]) => `[${literal(key)}] = ${literal(field)}`,
  );
  return `{${fields.join(', ')}}`;
}
