import type { Work } from '../../loss/work.ts';
import { type AnalysisFailure, guardedSteps } from '../analysisFailures.ts';
import { type Evidence, Rankings } from '../classes/classEvidence.ts';
import type { AnalysisLanguage } from '../hintWords.ts';
import { findLineStarts } from '../lineStarts.ts';
import type { LossAnalysis, LossConfig } from '../lossConfig.ts';
import { MOST_CHARACTERS } from '../sourceLimits.ts';
import { type ConfigFile, saidInComments } from './configFile.ts';
import { type ClassSources, evidenceIn, lossesInConfig } from './configLosses.ts';
import { parseJsonConfig } from './jsonConfig.ts';
import { lossesInCommands } from './shellCommands.ts';
import { parseTomlConfig } from './tomlConfig.ts';
import { parseYamlConfig } from './yamlConfig.ts';

const NOTHING: LossAnalysis = { configs: [], complete: true, failures: [], wanted: [], unread: null };

/** The loss configurations of a config file or a script. */
export function* analyzeConfigDocument(
  text: string,
  language: Exclude<AnalysisLanguage, 'python'>,
): Work<LossAnalysis> {
  if (text.length > MOST_CHARACTERS) return NOTHING;
  const lines = yield* findLineStarts(text);
  yield 0;
  switch (language) {
    case 'shellscript':
      return { ...NOTHING, ...(yield* lossesInCommands(text, lines, saidInComments(text, lines))) };
    case 'toml':
      return yield* analyzeLanguage(yield* parseTomlConfig(text, lines));
    case 'json':
    case 'jsonc':
      return yield* analyzeLanguage(yield* parseJsonConfig(text, lines));
    case 'yaml':
      return yield* analyzeLanguage(yield* parseYamlConfig(text, lines));
  }
}

/** Objects between two yields. */
const OBJECTS = 20;

function* analyzeLanguage({ objects, complete, said, unread }: ConfigFile): Work<LossAnalysis> {
  const evidence: Evidence[] = [];
  for (const [i, object] of objects.entries()) {
    for (const each of evidenceIn(object)) evidence.push(each);
    if (i % OBJECTS === OBJECTS - 1) yield i / objects.length;
  }
  const rankings = new Rankings();
  rankings.add(evidence);
  const sources: ClassSources = { said, around: (near) => rankings.guess(0, near) };
  const found: LossConfig[] = [];
  const failures: AnalysisFailure[] = [];
  for (const [i, object] of objects.entries()) {
    for (const config of yield* guardedSteps(failures, object.line, lossesInConfig(object, sources)))
      found.push(config);
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
  return { configs, complete, failures, wanted: [], unread };
}

/** What a key means that a loss refers to, that loss says. */
function referredTo(config: LossConfig, users: ReadonlyMap<number, LossConfig>): LossConfig {
  const { kind, entry, alpha } = config;
  const user = kind === 'key' && !entry && alpha.token ? users.get(alpha.token.place.span.from) : undefined;
  if (!user) return config;
  const { api, framework, convention, conventionBy, loss } = user;
  return { ...config, api, entry: user.entry, framework, convention, conventionBy, loss };
}
