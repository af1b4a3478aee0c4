// Builds everything that runs: `node esbuild.js [--watch] [--production]`.
// Each platform has its own bundle; a file named `x.node.ts` is replaced by its twin `x.web.ts` in the web bundles.
const { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { build, context } = require('esbuild');
const { writeNotices } = require('./.build/notices.js');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
/** `--only cli`: the program that npm packs, and nothing else. */
const onlyProgram = process.argv.includes('--only') && process.argv.at(-1) === 'cli';

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

/** Leaves out what tfjs would use of Node and of pages, and its threads: the trainer's worker has one platform, and one thread. */
const tfjsWithoutSurroundings = {
  name: 'tfjs-without-surroundings',
  setup(build) {
    const surroundings =
      /platforms[\\/]platform_(?:browser|node)$|\/platform_(?:browser|node)$|-threaded-simd(?:\.worker)?\.js$/;
    build.onResolve({ filter: surroundings }, ({ path }) => ({ path, namespace: 'left-out' }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: 'export const wasmWorkerContents = ""; export default undefined;',
    }));
  },
};

/** The program loads what speaks the Model Context Protocol, a bundle beside its own, only if it's asked to. */
const mcpApart = {
  name: 'mcp-apart',
  setup(build) {
    build.onResolve({ filter: /\/mcpServer\.node\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './mcp.js', external: true } : undefined,
    );
  },
};

/** Servers can ask for JSON, and then check it with a library that writes code. Ours asks for none. */
const mcpWithoutAsking = {
  name: 'mcp-without-asking',
  setup(build) {
    build.onResolve({ filter: /validation\/ajv-provider\.js$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: 'export class AjvJsonSchemaValidator {}',
    }));
  },
};

const host = {
  ...common,
  entryPoints: { extension: 'src/extension.ts' },
  format: 'cjs',
  external: ['vscode'],
};
/** What is loaded when it's needed: lenses, hovers and checks with the first loss in code, the lab when it's opened, the rest with the first logits. */
const late = {
  entryPoints: {
    analysis: 'src/host/editor/editorBundle.ts',
    features: 'src/host/loading/logitsFeatures.ts',
    lab: 'src/host/lab/labBundle.ts',
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
/** What npm packs, beside the extension's engine. */
const PROGRAM = 'dist/cli/smooth-labels.js';
const MCP = 'dist/cli/mcp.js';
const ENGINE = 'dist/engine.js';
const LIBRARIES = {
  parquet: 'src/readers/columnar/parquet/parquetReader.ts',
  arrow: 'src/readers/columnar/arrow/arrowReader.ts',
  hdf5: 'src/readers/hdf/hdfReader.ts',
};
/** What a webview runs. */
const page = {
  ...common,
  outdir: 'dist',
  format: 'esm',
  platform: 'browser',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  // d3-scale can also interpolate colours, which no chart does, and which would be an eighth of what the panel loads at first.
  alias: { 'd3-interpolate': join(__dirname, '.build', 'interpolateNumbers.js') },
};
const bundles = [
  { ...host, ...forNode },
  { ...host, ...forWeb },
  { ...host, ...late, ...forNode },
  { ...host, ...late, ...forWeb },
  {
    ...common,
    // package.json names it as a program.
    entryPoints: ['src/cli/program.node.ts'],
    outfile: PROGRAM,
    banner: { js: '#!/usr/bin/env node' },
    platform: 'node',
    format: 'cjs',
    plugins: [mcpApart],
  },
  {
    ...common,
    entryPoints: ['src/cli/mcp/mcpServer.node.ts'],
    outfile: MCP,
    platform: 'node',
    format: 'cjs',
    plugins: [mcpWithoutAsking],
  },
  {
    ...common,
    entryPoints: ['src/engine/engine.worker.node.ts'],
    outfile: ENGINE,
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
    // One bundle for Node and browsers: it is handed what it would otherwise read.
    entryPoints: ['src/engine/trainer/trainer.worker.ts'],
    outfile: 'dist/trainer.js',
    platform: 'browser',
    format: 'iife',
    minify: true,
    plugins: [webTwins, tfjsWithoutSurroundings],
  },
  {
    ...common,
    // What reads a format with a library, for Node and browsers alike: it is given the bytes.
    entryPoints: LIBRARIES,
    outdir: 'dist',
    platform: 'browser',
    format: 'cjs',
    minify: true,
  },
  {
    ...page,
    entryPoints: { panel: 'src/webview/main.tsx' },
    // What the panel doesn't show at first is in files of its own: panel-tabViews-….js, panel-playground-….js, and what they share.
    splitting: true,
    chunkNames: 'panel-[name]-[hash]',
  },
  { ...page, entryPoints: { labPage: 'src/webview/lab/labMain.tsx' } },
  {
    ...common,
    entryPoints: { panel: 'media/styles/panel.css', labPage: 'media/styles/lab/labPage.css' },
    outdir: 'dist',
  },
];

const KERNEL_SOURCE = join(__dirname, 'src', 'engine', 'kernel', 'assembly');
const KERNEL_OUTPUT = join(__dirname, 'dist', 'kernel');
const RELAXED = ['--enable', 'relaxed-simd'];
const SHARED = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];
/** The kernel with and without fused multiply-add, and with and without memory that threads share; and the trainer's products. */
const KERNELS = {
  'shared-relaxed': { entry: 'index.ts', features: [...RELAXED, ...SHARED] },
  'shared-plain': { entry: 'index.ts', features: SHARED },
  'private-relaxed': { entry: 'index.ts', features: RELAXED },
  'private-plain': { entry: 'index.ts', features: [] },
  matrices: { entry: 'matrices.ts', features: [] },
};

/** Compiles each kernel that is older than its source. */
async function buildKernels() {
  const sources = readdirSync(KERNEL_SOURCE, { recursive: true }).map((name) => join(KERNEL_SOURCE, name));
  const changed = Math.max(...[...sources, __filename].map((file) => statSync(file).mtimeMs));
  mkdirSync(KERNEL_OUTPUT, { recursive: true });
  for (const [name, { entry, features }] of Object.entries(KERNELS)) {
    const file = join(KERNEL_OUTPUT, `${name}.wasm`);
    if (existsSync(file) && statSync(file).mtimeMs > changed) continue;
    const options = ['--baseDir', KERNEL_SOURCE, '--outFile', file, '--runtime', 'stub', '--importMemory'];
    const optimized = ['-O3', '--converge', '--noAssert', '--enable', 'simd', ...features];
    const { main: compile } = (await import('assemblyscript/asc')).default;
    const { error, stderr } = await compile([entry, ...options, ...optimized]);
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  }
}

/** What the trainer is handed: tfjs' binary, the kernel whose memory isn't shared, and the products of matrices. */
function copyTrainerParts() {
  const tfjs = require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm');
  copyFileSync(tfjs, join(__dirname, 'dist', 'trainer-tfjs.wasm'));
  for (const [from, to] of [
    ['private-plain', 'trainer-kernel'],
    ['matrices', 'trainer-matrices'],
  ])
    copyFileSync(join(KERNEL_OUTPUT, `${from}.wasm`), join(__dirname, 'dist', `${to}.wasm`));
}

/** Parts of the panel have their hash in their names: those of the last build would stay. */
function removePanelParts() {
  const dist = join(__dirname, 'dist');
  for (const name of readdirSync(dist)) if (/^panel-.*\.js(?:\.map)?$/.test(name)) rmSync(join(dist, name));
}

/** The program's bundles, and what others wrote of them. */
async function buildProgram() {
  await buildKernels();
  const parts = bundles.filter(
    ({ outfile, entryPoints }) => [PROGRAM, MCP, ENGINE].includes(outfile) || entryPoints === LIBRARIES,
  );
  const built = await Promise.all(parts.map((options) => build(options)));
  const metafiles = built.map(({ metafile }) => metafile);
  writeNotices(__dirname, metafiles, join('dist', 'cli', 'ThirdPartyNotices.txt'));
}

async function main() {
  if (onlyProgram) return buildProgram();
  await buildKernels();
  removePanelParts();
  copyTrainerParts();
  const contexts = await Promise.all(bundles.map((options) => context(options)));
  if (watch) {
    await Promise.all(contexts.map((each) => each.watch()));
    console.log('Watching src …');
    return;
  }
  try {
    const built = await Promise.all(contexts.map((each) => each.rebuild()));
    // The program isn't in the extension's package.
    const isProgram = ({ outputs }) => Object.keys(outputs).some((path) => path.startsWith('dist/cli/'));
    writeNotices(
      __dirname,
      built.map(({ metafile }) => metafile).filter((metafile) => !isProgram(metafile)),
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
