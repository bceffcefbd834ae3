import { get } from 'node:http';
import { PROGRESS_PORT } from './objects/index.ts';
import { type PlayProgress, parseProgress } from './runner-words.ts';

const DEADLINE = 2000;
const LONGEST = 16 * 1024;

/** Asks a pod how far it is; null where it does not answer, or answers something else. */
export function askProgress(address: string, port = PROGRESS_PORT): Promise<PlayProgress | null> {
  return new Promise((resolve) => {
    const request = get(
      { host: address, port, path: '/progress', signal: AbortSignal.timeout(DEADLINE) },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
          if (text.length > LONGEST) request.destroy();
        });
        response.on('end', () => resolve(response.statusCode === 200 ? parseProgress(text) : null));
        response.on('error', () => resolve(null));
        response.on('close', () => resolve(null));
      },
    );
    request.on('error', () => resolve(null));
  });
}
