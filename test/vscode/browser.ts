import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';
import { removeAtExit } from './processTree.ts';

const ARGS = [
  // Chromium's sandbox needs rights that root in a container doesn't have; all it opens here is our own.
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Starts Chromium without a window. Playwright ends it with this process. */
export async function startBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), timeout: 60_000, args: [...ARGS, ...more] });
}

/**
 * Starts Chromium as someone has it who zooms every page by `factor`. Unlike a larger scale, that leaves fewer CSS pixels in the same window.
 * Closing what is returned ends it.
 */
export async function startZoomed(factor: number, options: BrowserContextOptions): Promise<BrowserContext> {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  removeAtExit(profile);
  mkdirSync(join(profile, 'Default'));
  // A step of Chromium's zoom is a factor of 1.2.
  const level = Math.log(factor) / Math.log(1.2);
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ partition: { default_zoom_level: { x: level } } }),
  );
  return chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    timeout: 60_000,
    args: ARGS,
    ...options,
  });
}

function chromiumPath(): string {
  const path = findChromium();
  if (path === null) throw new Error('There is no Chromium: run `npm run setup`.');
  return path;
}
