import { FRAMEWORK_APIS } from '../../frameworks/catalogue.ts';

/** Packages whose release decides what an API has, or does. */
const PACKAGES = new Set([
  'torch',
  'transformers',
  ...FRAMEWORK_APIS.flatMap(({ since }) => since?.package ?? []),
]);

/** What a project says of releases. */
export interface ProjectReleases {
  /** The least it asks for. */
  readonly versions: Readonly<Record<string, string>>;
  /** Those of them that are the only ones. */
  readonly pins: Readonly<Record<string, string>>;
}

/** Files in the root of a project that say which releases it uses, from the most exact to the least. */
export const RELEASE_FILES: readonly string[] = [
  'uv.lock',
  'poetry.lock',
  'pdm.lock',
  'Pipfile.lock',
  'requirements.txt',
  'requirements-dev.txt',
  'pyproject.toml',
  'environment.yml',
  'setup.cfg',
];

/** The releases that texts of such files ask for; of a package the one that is said first. */
export function releasesIn(texts: readonly string[]): ProjectReleases {
  const versions: Record<string, string> = {};
  const pins: Record<string, string> = {};
  for (const text of texts)
    for (const { name, version, isExact } of [...lockedIn(text), ...pinnedIn(text)]) {
      if (!PACKAGES.has(name) || versions[name] !== undefined) continue;
      versions[name] = version;
      if (isExact) pins[name] = version;
    }
  return { versions, pins };
}

/** `1.9.1` is at least `1.9`, and `1.10` is more. */
export function isAtLeast(version: string, least: string): boolean {
  return comparison(version, least) >= 0;
}

/** Below 0 if `a` is the older release, above 0 if it's the newer one. */
export function comparison(a: string, b: string): number {
  const [left, right] = [a, b].map((each) => each.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (let i = 0; i < 3; i++) {
    const difference = (left![i] ?? 0) - (right![i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

interface Asked {
  readonly name: string;
  readonly version: string;
  readonly isExact: boolean;
}

const PIN = /^([\s"'-]*)(?:\w[\w-]*::)?([a-z]+)(?:\[[^\]]*\])?\s*([=~>]=|=)\s*(["'^~>=]*)(\d+(?:\.\d+)*)/;

/**
 * `keras==3.15.1`, `"keras>=3.16"`, `keras = "^3.16"`: at least that release. Conda's `- pytorch=1.9` is that release only, and so is
 * what has two signs.
 */
function* pinnedIn(text: string): Generator<Asked> {
  for (const line of text.split('\n')) {
    const [, start = '', name, sign, more = '', version] = PIN.exec(line) ?? [];
    if (name === undefined || version === undefined) continue;
    const isExact = sign === '==' || (sign === '=' && (more.includes('==') || start.includes('-')));
    yield { name: name === 'pytorch' ? 'torch' : name, version, isExact };
  }
}

const LOCKED_NAME = /^(?:name = "([\w.-]+)"| {8}"([\w.-]+)": \{)\s*$/;
const LOCKED_VERSION = /^(?:version = "| {12}"version": "==)(\d+(?:\.\d+)*)/;

/** `[[package]]`, `name = "keras"`, `version = "3.15.1"`; and the JSON of Pipfile.lock. */
function* lockedIn(text: string): Generator<Asked> {
  let name: string | undefined;
  for (const line of text.split('\n')) {
    const named = LOCKED_NAME.exec(line);
    if (named) name = named[1] ?? named[2];
    const version = LOCKED_VERSION.exec(line)?.[1];
    if (name === undefined || version === undefined) continue;
    yield { name, version, isExact: true };
    name = undefined;
  }
}
