// Builds everything that runs: `node esbuild.js [--watch] [--production]`.
// Each platform has its own bundle; a file named `x.node.ts` is replaced by its twin `x.web.ts` in the web bundles.
const { existsSync, mkdirSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { context } = require('esbuild');
const { writeNotices } = require('./.build/notices.js');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  // Notices are in a file of their own.
  legalComments: 'none',
  metafile: true,
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
/** What is loaded when it's needed: lenses, hovers and checks with the first loss in code, the rest with the first logits. */
const late = {
  entryPoints: {
    analysis: 'src/host/editor/editorBundle.ts',
    features: 'src/host/loading/logitsFeatures.ts',
  },
};
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
  { ...host, ...late, ...forNode },
  { ...host, ...late, ...forWeb },
  {
    ...common,
    entryPoints: ['src/engine/engine.worker.node.ts'],
    outfile: 'dist/engine.js',
    platform: 'node',
    format: 'cjs',
    loader: { '.wasm': 'file' },
    assetNames: 'kernel-[name]',
  },
  {
    ...common,
    entryPoints: ['src/engine/engine.worker.web.ts'],
    outfile: 'dist/engine.web.js',
    platform: 'browser',
    format: 'iife',
    loader: { '.wasm': 'binary' },
    plugins: [webTwins],
  },
  {
    ...common,
    entryPoints: { panel: 'src/webview/main.tsx' },
    outdir: 'dist',
    // What the panel doesn't show at first is in files of its own: panel-tabViews.js, and what both need.
    format: 'esm',
    splitting: true,
    chunkNames: 'panel-[name]',
    platform: 'browser',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // d3-scale can also interpolate colours, which no chart does, and which would be an eighth of what the panel loads at first.
    alias: { 'd3-interpolate': join(__dirname, '.build', 'interpolateNumbers.js') },
  },
  { ...common, entryPoints: { panel: 'media/styles/panel.css' }, outdir: 'dist' },
];

const KERNEL_SOURCE = join(__dirname, 'src', 'engine', 'kernel', 'assembly');
const KERNEL_OUTPUT = join(__dirname, 'dist', 'kernel');
const RELAXED = ['--enable', 'relaxed-simd'];
const SHARED = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];
/** The kernel with and without fused multiply-add, and with and without memory that threads share. */
const KERNELS = {
  'shared-relaxed': [...RELAXED, ...SHARED],
  'shared-plain': SHARED,
  'private-relaxed': RELAXED,
  'private-plain': [],
};

/** Compiles each kernel that is older than its source. */
async function buildKernels() {
  const sources = readdirSync(KERNEL_SOURCE).map((name) => join(KERNEL_SOURCE, name));
  const changed = Math.max(...[...sources, __filename].map((file) => statSync(file).mtimeMs));
  mkdirSync(KERNEL_OUTPUT, { recursive: true });
  for (const [name, features] of Object.entries(KERNELS)) {
    const file = join(KERNEL_OUTPUT, `${name}.wasm`);
    if (existsSync(file) && statSync(file).mtimeMs > changed) continue;
    const options = ['--baseDir', KERNEL_SOURCE, '--outFile', file, '--runtime', 'stub', '--importMemory'];
    const optimized = ['-O3', '--converge', '--noAssert', '--enable', 'simd', ...features];
    const { main: compile } = (await import('assemblyscript/asc')).default;
    const { error, stderr } = await compile(['index.ts', ...options, ...optimized]);
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  }
}

async function main() {
  await buildKernels();
  const contexts = await Promise.all(bundles.map((options) => context(options)));
  if (watch) {
    await Promise.all(contexts.map((each) => each.watch()));
    console.log('Watching src …');
    return;
  }
  try {
    const built = await Promise.all(contexts.map((each) => each.rebuild()));
    writeNotices(
      __dirname,
      built.map(({ metafile }) => metafile),
    );
  } finally {
    await Promise.all(contexts.map((each) => each.dispose()));
  }
}

module.exports = { bundles };

if (require.main === module)
  main().catch((error) => {
    // esbuild has said what is wrong; nobody else has.
    if (!error.errors) console.error(error.message);
    process.exitCode = 1;
  });
