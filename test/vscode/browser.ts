import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';

/** Starts Chromium without a window. Playwright ends it with this process. */
export async function startBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('There is no Chromium: run `npm run setup`.');
  return chromium.launch({
    executablePath,
    timeout: 60_000,
    args: [
      // Chromium's sandbox needs rights that root in a container doesn't have; all it opens here is our own.
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      ...more,
    ],
  });
}
