import { inputError } from '../../errors.ts';
import type { Exported } from './exported.ts';

/** The element of the page that holds what is exported: gzip as base64, so that nothing in it can be markup. */
export const EXPORTED_ID = 'exported';

/** Reads what exportedDocument has put into a page. Throws GossipError `input` where it is damaged. */
export async function unpackExported(base64: string): Promise<Exported> {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const packed = new Blob([bytes]).stream();
    const text = await new Response(packed.pipeThrough(new DecompressionStream('gzip'))).text();
    return JSON.parse(text);
  } catch (cause) {
    throw inputError('this file is damaged: what it holds cannot be read', { cause });
  }
}
