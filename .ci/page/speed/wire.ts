/** What a page takes over the wire. */
import type { Page } from 'playwright-core';

/** Counts the bytes that a page takes, headers and compression as they are, once its requests are over. */
export interface Wire {
  /** Of what was asked for so far, by the last part of the URL: its bytes, and null while it is under way. */
  readonly taken: ReadonlyMap<string, number | null>;
}

/** Counts from now on. */
export async function countBytes(page: Page): Promise<Wire> {
  const cdp = await page.context().newCDPSession(page);
  const names = new Map<string, string>();
  const taken = new Map<string, number | null>();
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
    const name = new URL(request.url).pathname.split('/').at(-1) || 'index.html';
    names.set(requestId, name);
    taken.set(name, null);
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    taken.set(names.get(requestId)!, encodedDataLength);
  });
  await cdp.send('Network.enable');
  return { taken };
}
