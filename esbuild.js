// Builds everything that runs: `node esbuild.js [--watch] [--production]`.
// Each platform has its own bundle; a file named `x.node.ts` is replaced by its twin `x.web.ts` in the web bundles.
const { context } = require('esbuild');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  legalComments: 'none',
  target: 'es2022',
  logLevel: 'warning',
  logOverride: { 'unsupported-require-call': 'error' },
};

/** Picks the web twin of every `*.node.ts`. A Node built-in that is still imported then fails the build. */
const webTwins = {
  name: 'web-twins',
  setup(build) {
    build.onResolve({ filter: /\.node\.ts$/ }, (args) =>
      build.resolve(args.path.replace(/\.node\.ts$/, '.web.ts'), {
        kind: args.kind,
        resolveDir: args.resolveDir,
      }),
    );
  },
};

const host = {
  ...common,
  entryPoints: { extension: 'src/extension.ts' },
  format: 'cjs',
  external: ['vscode'],
};
/** Lenses, hovers and checks, with all they need to know: loaded when a loss configuration turns up. */
const analysis = { entryPoints: { analysis: 'src/host/hints/main.ts' } };
const engine = { ...common, format: 'iife' };
const forNode = { outdir: 'dist', platform: 'node' };
const forWeb = {
  outdir: 'dist',
  entryNames: '[name].web',
  platform: 'browser',
  conditions: ['worker', 'browser'],
  plugins: [webTwins],
};
const bundles = [
  { ...host, ...forNode },
  { ...host, ...forWeb },
  { ...host, ...analysis, ...forNode },
  { ...host, ...analysis, ...forWeb },
  {
    ...engine,
    entryPoints: ['src/engine/engine.worker.node.ts'],
    outfile: 'dist/engine.js',
    platform: 'node',
    format: 'cjs',
  },
  {
    ...engine,
    entryPoints: ['src/engine/engine.worker.web.ts'],
    outfile: 'dist/engine.web.js',
    platform: 'browser',
  },
  {
    ...common,
    entryPoints: { panel: 'src/webview/main.tsx' },
    outdir: 'dist',
    format: 'iife',
    platform: 'browser',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
];

async function main() {
  const contexts = await Promise.all(bundles.map((options) => context(options)));
  if (watch) {
    await Promise.all(contexts.map((each) => each.watch()));
    console.log('Watching src …');
    return;
  }
  await Promise.all(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
}

main().catch(() => {
  process.exitCode = 1;
});
