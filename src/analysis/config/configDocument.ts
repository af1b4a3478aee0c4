import type { Work } from '../../loss/work.ts';
import type { AnalysisLanguage } from '../hintWords.ts';
import { lineStartsOf } from '../lines.ts';
import type { LossAnalysis, LossConfig } from '../lossConfig.ts';
import { blankedComments } from './comments.ts';
import { configsOf, evidenceIn } from './configs.ts';
import { type ConfigFile, saidInComments } from './file.ts';
import { shellConfigs } from './shell.ts';
import { readToml } from './toml.ts';
import { yamlWork } from './yaml.ts';

/** Characters. What is larger is data, not a config. */
const LONGEST = 1_000_000;
const LONGEST_TOML = 100_000;

const NOTHING: LossAnalysis = { configs: [], complete: true, wanted: [] };

/** The loss configurations of a config file or a script. */
export function* configDocumentWork(
  text: string,
  language: Exclude<AnalysisLanguage, 'python'>,
): Work<LossAnalysis> {
  if (text.length > LONGEST) return NOTHING;
  const lines = lineStartsOf(text);
  switch (language) {
    case 'shellscript':
      return { ...NOTHING, configs: shellConfigs(text, lines, saidInComments(text, lines)) };
    case 'toml':
      return text.length > LONGEST_TOML ? NOTHING : yield* analysisWork(readToml(text, lines));
    case 'json':
    case 'jsonc': {
      const file = yield* yamlWork(blankedComments(text), lines);
      return yield* analysisWork({ ...file, said: saidInComments(text, lines) });
    }
    case 'yaml':
      return yield* analysisWork(yield* yamlWork(text, lines));
  }
}

/** Objects between two yields. */
const OBJECTS = 20;

function* analysisWork({ objects, complete, said }: ConfigFile): Work<LossAnalysis> {
  const sources = { said, around: objects.flatMap(evidenceIn) };
  const found: LossConfig[] = [];
  for (const [i, object] of objects.entries()) {
    found.push(...configsOf(object, sources));
    if (i % OBJECTS === OBJECTS - 1) yield i / objects.length;
  }
  // An argument is found with the object that names its type, and by its key.
  const arguments_ = new Set(
    found.flatMap(({ kind, alpha: { span } }) => (kind === 'object' && span ? [span.from] : [])),
  );
  const users = new Map(
    found.flatMap((config) => {
      const { kind, alpha } = config;
      return kind === 'object' && alpha.token ? [[alpha.token.place.span.from, config] as const] : [];
    }),
  );
  const configs = found
    .map((config) => referredTo(config, users))
    .filter(({ kind, alpha }) => kind !== 'key' || !arguments_.has(alpha.span?.from ?? -1))
    .sort((a, b) => a.span.from - b.span.from);
  return { configs, complete, wanted: [] };
}

/** What a key means that a loss refers to, that loss says. */
function referredTo(config: LossConfig, users: ReadonlyMap<number, LossConfig>): LossConfig {
  const { kind, entry, alpha } = config;
  const user = kind === 'key' && !entry && alpha.token ? users.get(alpha.token.place.span.from) : undefined;
  if (!user) return config;
  const { api, framework, convention, conventionBy, loss } = user;
  return { ...config, api, entry: user.entry, framework, convention, conventionBy, loss };
}
