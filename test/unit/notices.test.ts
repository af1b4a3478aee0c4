import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';

const require = createRequire(import.meta.url);
const { bundles } = require('../../esbuild.js') as { bundles: readonly BuildOptions[] };
const { noticesText } = require('../../.build/notices.js') as {
  noticesText(root: string, metafiles: readonly Metafile[]): string;
};

/** The folders of packages that a bundle has a file of, whether or not anything of it is left. */
function packagesIn({ outputs }: Metafile): string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  return files.flatMap((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []);
}

/** From near the beginning of each licence to near its end. */
const WHOLE: Readonly<Record<string, RegExp>> = {
  MIT: /The above copyright notice and this permission notice shall be included.*NONINFRINGEMENT/is,
  ISC: /Permission to use, copy, modify, and\/or distribute.*PERFORMANCE/is,
  'BSD-3-Clause': /Redistributions in binary form must reproduce.*OF THE POSSIBILITY OF SUCH DAMAGE/is,
  'Apache-2.0': /TERMS AND CONDITIONS FOR USE.*9\. Accepting Warranty/is,
};

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly dev?: boolean; readonly dependencies?: Readonly<Record<string, string>> }>
  >;
}

const oneSpace = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('ThirdPartyNotices.txt, as the build makes it', () => {
  const notices = readFileSync(join(ROOT, 'ThirdPartyNotices.txt'), 'utf8');
  const parts = notices.split(/^-{80}$/m);
  let packages: readonly string[];
  /** Those of the extension. The program that npm packs has notices of its own. */
  let shipped: readonly string[];

  beforeAll(async () => {
    const built = await Promise.all(
      bundles.map((options) => build({ ...options, absWorkingDir: ROOT, metafile: true, write: false })),
    );
    const inBundles = built.map(({ metafile }) => packagesIn(metafile!));
    packages = [...new Set(inBundles.flat())];
    shipped = [...new Set(inBundles.filter((_, i) => !bundles[i]!.outfile?.startsWith('dist/cli/')).flat())];
  });

  it('has every package that is in a bundle, with its version and licence', () => {
    expect(shipped.length).toBeGreaterThan(12);
    for (const folder of shipped) {
      const { name, version, license } = require(join(ROOT, folder, 'package.json'));
      expect(notices).toContain(`\n${name} ${version} (${license})\n`);
    }
  });

  it('has none that `npm audit --omit=dev` wouldn’t ask about', () => {
    const { packages: locked } = require('../../package-lock.json') as Lock;
    for (const folder of packages) expect(locked[folder]?.dev ?? false, folder).toBe(false);
    for (const name of Object.keys(locked['']!.dependencies ?? {}))
      expect(packages, `${name} is in no bundle: it belongs to devDependencies`).toContain(
        `node_modules/${name}`,
      );
  });

  it('has the whole text of each licence and notice', () => {
    for (const folder of [...shipped, 'node_modules/assemblyscript']) {
      const { name, version, license } = require(join(ROOT, folder, 'package.json'));
      const part = parts.find((each) => each.includes(`\n${name} ${version} (`)) ?? '';
      expect(oneSpace(part), name).toMatch(WHOLE[license]!);
      for (const file of readdirSync(join(ROOT, folder)).filter((each) => /^(licen[cs]e|notice)/i.test(each)))
        expect(oneSpace(part), `${folder}/${file}`).toContain(
          oneSpace(readFileSync(join(ROOT, folder, file), 'utf8')),
        );
    }
  });

  it('has none that the extension isn’t made of', () => {
    expect(notices).not.toMatch(/^(?:@modelcontextprotocol\/sdk|zod) \d/m);
  });

  it('has what no bundle names: the kernel’s standard library, what its own authors took over, the samples’ data', () => {
    expect(notices).toMatch(/^assemblyscript [\d.]+ \(Apache-2\.0\)$/m);
    expect(notices).toContain('Arm Optimized Routines');
    expect(notices).toContain('Optical Recognition of Handwritten Digits');
    expect(notices).toContain('Copyright 2018 Vladimir Agafonkin');
  });
});

describe('a notice', () => {
  const COMPILED_IN = [
    'node_modules/assemblyscript',
    'node_modules/esbuild',
    'node_modules/jsfive/node_modules/pako',
  ];

  /** The notices of a project that bundles one package. */
  function noticesWith(manifest: object, files: Readonly<Record<string, string>>): string {
    const root = mkdtempSync(join(tmpdir(), 'notices-'));
    removeAtExit(root);
    const add = (folder: string, texts: Readonly<Record<string, string>>) => {
      mkdirSync(join(root, folder), { recursive: true });
      for (const [name, text] of Object.entries(texts)) writeFileSync(join(root, folder, name), text);
    };
    for (const folder of COMPILED_IN)
      add(folder, { 'package.json': '{"name": "x", "version": "1.0.0", "license": "MIT"}', LICENSE: 'MIT' });
    add('node_modules/@a/b', { 'package.json': JSON.stringify(manifest), ...files });
    const inputs = {
      'node_modules/@a/b/index.js': { bytesInOutput: 1 },
      'src/main.ts': { bytesInOutput: 1 },
    };
    return noticesText(root, [{ inputs: {}, outputs: { 'dist/x.js': { inputs } } } as unknown as Metafile]);
  }

  const named = { name: '@a/b', version: '1.2.3' };
  const source = {
    'index.js': '/*\nCopyright 2001 A. Author\n*/\n// copyright (c) 2002 B. Author\nexport {};\n',
  };

  it('is a package’s own text, its NOTICE, and whose its sources are', () => {
    const text = noticesWith(
      { ...named, license: 'Apache-2.0' },
      { ...source, LICENSE: 'the text', 'NOTICE.txt': 'the notice' },
    );
    expect(text).toContain(
      '@a/b 1.2.3 (Apache-2.0)\n  Copyright 2001 A. Author\n  copyright (c) 2002 B. Author\n\nthe text\n\nthe notice\n',
    );
  });

  it('has the licence’s usual text where a package has none', () => {
    const text = noticesWith({ ...named, license: 'MIT', author: 'C. Author' }, { 'index.js': '' });
    expect(text).toMatch(
      /@a\/b 1\.2\.3 \(MIT\)\n {2}Copyright \(c\) C\. Author\n\nMIT License\n\nPermission is/,
    );
  });

  it.each(['GPL-3.0', 'UNLICENSED', 'SEE LICENSE IN x', undefined, { type: 'MIT' }, 'MIT OR GPL-3.0'])(
    'isn’t made for the licence %j: the build fails',
    (license) => expect(() => noticesWith({ ...named, license }, source)).toThrow(/^@a\/b has the licence/),
  );
});
