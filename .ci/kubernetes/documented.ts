/** Commands that people are told, run as they stand. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Runs all `bash` blocks between a heading of a Markdown file and the next; throws where one fails. Gives what they print. */
export function documented(file: string, heading: string): string {
  const commands: string[] = [];
  let [inside, fence] = [false, ''];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, language] = /^```(.*)$/.exec(line) ?? [];
    if (language !== undefined) fence = fence === '' ? language || 'text' : '';
    else if (fence === 'bash' && inside) commands.push(line);
    else if (fence === '' && line.startsWith('#')) inside = line.replace(/^#+ /, '') === heading;
  }
  if (commands.length === 0) throw new Error(`${file} has no commands under ${heading}`);
  return execFileSync('bash', ['-euo', 'pipefail', '-c', commands.join('\n')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
