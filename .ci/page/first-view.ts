/** What a browser loads to show the page first. */
import type { Stage } from './stage.ts';

/** Bytes as they come, compressed. */
const MOST = 300_000;

export async function firstView({ browser, url }: Stage): Promise<string[]> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    const hosts = new Set<string>();
    let bytes = 0;
    let files = 0;
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      files++;
    });
    network.on('Network.requestWillBeSent', ({ request }) => hosts.add(new URL(request.url).host));
    const response = await page.goto(url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page
      .getByLabel(/^Compare /)
      .first()
      .waitFor();
    console.log(`      the first view loads ${(bytes / 1000).toFixed(0)} kB in ${files} files`);
    const wrong: string[] = [];
    if (bytes === 0 || bytes > MOST) wrong.push(`${bytes} bytes: at most ${MOST}`);
    if (`${[...hosts]}` !== new URL(url).host) wrong.push(`it asks ${[...hosts]}`);
    const policy = response?.headers()['content-security-policy'] ?? '';
    if (!policy.includes("default-src 'none'") || /unsafe-(inline|eval)|\*/.test(policy))
      wrong.push(`its Content-Security-Policy: ${policy}`);
    return wrong;
  } finally {
    await context.close();
  }
}
