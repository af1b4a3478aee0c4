/** What a room's code may use beside the language. */
export type Platform = 'vscode' | 'dom' | 'worker' | 'node';

/** A folder of src, and what it may import. The linter's rules, and CONTRIBUTING's table, are compared with this. */
export interface Room {
  readonly name: string;
  readonly what: string;
  readonly imports: readonly string[];
  /** Rooms of which it may import types only. */
  readonly types?: readonly string[];
  readonly uses?: readonly Platform[];
}

export const ROOMS: readonly Room[] = [
  { name: 'loss', what: 'what label smoothing is: pure functions in float64, nats', imports: [] },
  { name: 'words', what: 'numbers, intervals, plurals, shortened texts as they’re shown', imports: [] },
  {
    name: 'escape',
    what: 'text from outside as text in Python, CSV, Markdown, HTML, labels of VS Code',
    imports: ['words'],
  },
  {
    name: 'frameworks',
    what: 'how each API is called, and what its α means: data, one entry an API',
    imports: ['loss', 'words'],
  },
  {
    name: 'readers',
    what: 'bytes → a batch of logits, with places in the source',
    imports: ['loss', 'words'],
  },
  {
    name: 'analysis',
    what: 'source text → losses it configures: exact spans, α, K, where they’re from',
    imports: ['loss', 'frameworks'],
  },
  {
    name: 'problems',
    what: 'what is said of what’s wrong with code, sources and losses: sentences, codes, severities',
    imports: ['loss', 'words', 'frameworks', 'readers', 'analysis'],
    types: ['protocol'],
  },
  {
    name: 'tools',
    what: 'what language models may ask: input, computation, answer as text; the world is given to it',
    imports: ['loss', 'words', 'frameworks'],
  },
  {
    name: 'lab',
    what: 'experiments on small networks: data sets, figures, verdicts; the trainer is given to it',
    imports: ['loss'],
  },
  {
    name: 'protocol',
    what: 'what crosses a boundary: a file for each channel',
    imports: [],
    types: ['loss', 'frameworks', 'readers', 'lab'],
  },
  {
    name: 'engine',
    what: 'reading and computing off the extension host’s thread, and the client for it',
    imports: ['loss', 'frameworks', 'readers', 'lab', 'escape', 'protocol'],
    uses: ['worker'],
  },
  {
    name: 'answers',
    what: 'what other extensions and models are answered: their arguments checked, results as data',
    imports: ['loss', 'words', 'frameworks', 'readers', 'analysis', 'problems', 'protocol', 'engine'],
  },
  {
    name: 'webview',
    what: 'the panel in the browser',
    imports: ['loss', 'frameworks', 'lab', 'words', 'escape', 'protocol'],
    uses: ['dom'],
  },
  {
    name: 'host',
    what: 'everything that imports `vscode`',
    imports: [
      'loss',
      'frameworks',
      'readers',
      'analysis',
      'problems',
      'tools',
      'lab',
      'words',
      'escape',
      'protocol',
      'engine',
      'answers',
    ],
    uses: ['vscode', 'worker'],
  },
  {
    name: 'cli',
    what: 'the same analysis and tools without VS Code: `smooth-labels check` and `mcp`',
    imports: [
      'loss',
      'words',
      'frameworks',
      'readers',
      'analysis',
      'problems',
      'tools',
      'protocol',
      'engine',
      'answers',
    ],
    uses: ['node'],
  },
];

/** The row of CONTRIBUTING's table. */
export function rowOf({ name, what, imports, types = [] }: Room): readonly string[] {
  const names = (rooms: readonly string[]) => rooms.map((room) => `\`${room}\``).join(', ');
  const allowed = [names(imports), types.length > 0 ? `types of ${names(types)}` : ''].filter(Boolean);
  return [`\`src/${name}\``, what, allowed.join(', ') || '–'];
}
