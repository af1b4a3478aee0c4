import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The names it goes by on a PATH. Playwright's own is left out: it isn't on any. */
const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};

/** The path of `command`, as a shell would find it, or null. */
export function onPath(command) {
  const names = process.platform === 'win32' ? ['.cmd', '.exe'].map((end) => command + end) : [command];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable) ?? null;
}

/** Chromium, or a browser built from it, or null. `SMOOTH_LABELS_CHROMIUM` or `CHROME_PATH` can name one. */
export function findChromium() {
  const named = process.env.SMOOTH_LABELS_CHROMIUM || process.env.CHROME_PATH;
  if (named) return isExecutable(named) ? named : null;
  for (const command of COMMANDS) {
    const found = onPath(command);
    if (found !== null) return found;
  }
  return (PLACES[process.platform] ?? []).find(isExecutable) ?? null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
