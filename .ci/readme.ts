// node .ci/readme.ts FILE…: runs every `sh` block of Markdown files in a copy of the checkout, and where a `text` block
// follows, compares it with what the commands printed. --update writes what they print into the files instead.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BLOCKS = /(```sh\n([\s\S]*?)```)(?:(\n+```text\n)([\s\S]*?)```)?/g;
/** What a machine that has a checkout has done already. */
const INSTALLS = /npm (ci|cit)\b/;

const update = process.argv.includes('--update');
const files = process.argv.slice(2).filter((argument) => argument !== '--update');
let failures = 0;
for (const file of files) {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-readme-'));
  try {
    cpSync('.', folder, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !['.git', 'results'].includes(path),
    });
    const text = readFileSync(file, 'utf8').replace(
      BLOCKS,
      (block, shown: string, commands: string, fence?: string, expected?: string) => {
        const printed = run(folder, file, commands, expected);
        return fence === undefined ? block : `${shown}${fence}${printed}\`\`\``;
      },
    );
    if (update) writeFileSync(file, text);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
process.exitCode = failures === 0 ? 0 : 1;

function run(folder: string, file: string, commands: string, expected?: string): string {
  const lines = commands.split('\n').filter((line) => !INSTALLS.test(line));
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-euo', 'pipefail', '-c', lines.join('\n')],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  if (status !== 0) fail(file, commands, `exit code ${status}\n${stdout}${stderr}`);
  else if (expected !== undefined && !update && stdout !== expected) {
    fail(file, commands, `it printed\n${stdout}and the file says\n${expected}`);
  }
  return stdout;
}

function fail(file: string, commands: string, what: string): void {
  failures++;
  console.error(`${file}: ${commands.trim()}\n${what}\n`);
}
