import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** What systems call it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
/** How long it may take to start, in milliseconds: the first time it is read from disk. */
const START_DEADLINE = 60_000;

/**
 * Starts the Chromium of this machine, headless. It ends when it is closed, and with this process.
 *
 * @throws Error where there is none on PATH: what to install
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) {
    throw new Error(
      'Chromium is needed and is not on PATH: install it, on Debian by apt-get install chromium',
    );
  }
  // Its sandbox refuses to run as root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args, headless: true, timeout: START_DEADLINE });
}

/** The program, or null. */
export function findChromium(path = process.env.PATH ?? ''): string | null {
  const programs = path
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return programs.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
