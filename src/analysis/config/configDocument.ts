import type { Work } from '../../loss/work.ts';
import { type AnalysisFailure, guardedSteps } from '../analysisFailures.ts';
import type { KnownApis } from '../apis/knownApis.ts';
import { type Evidence, Rankings } from '../classes/classEvidence.ts';
import { MOST_CHARACTERS } from '../common/sourceLimits.ts';
import type { AnalysisLanguage } from '../hintWords.ts';
import { findLineStarts, type LineStarts } from '../lineStarts.ts';
import type { LossAnalysis, LossConfig } from '../lossConfig.ts';
import { type ClassSources, evidenceIn } from './configClasses.ts';
import { type ConfigFile, saidInComments } from './configFile.ts';
import { lossesInConfig } from './configLosses.ts';
import { parseJsonConfig } from './jsonConfig.ts';
import { lossesInConfigCommands } from './shell/configCommands.ts';
import { lossesInMakefile } from './shell/makefileCommands.ts';
import { lossesInCommands } from './shell/shellCommands.ts';
import { parseTomlConfig } from './tomlConfig.ts';
import { parseYamlConfig } from './yaml/yamlConfig.ts';

const NOTHING: LossAnalysis = { configs: [], complete: true, failures: [], wanted: [], unread: null };

/** The loss configurations of a config file or a script. */
export function* analyzeConfigDocument(
  text: string,
  language: Exclude<AnalysisLanguage, 'python'>,
  apis: KnownApis,
): Work<LossAnalysis> {
  if (text.length > MOST_CHARACTERS) return NOTHING;
  const lines = yield* findLineStarts(text);
  yield 0;
  switch (language) {
    case 'shellscript':
      return { ...NOTHING, ...(yield* lossesInCommands(text, lines, saidInComments(text, lines), apis)) };
    case 'makefile':
      return { ...NOTHING, ...(yield* lossesInMakefile(text, lines, saidInComments(text, lines), apis)) };
    case 'toml':
      return yield* analyzeLanguage(yield* parseTomlConfig(text, lines), text, lines, apis);
    case 'json':
    case 'jsonc':
      return yield* analyzeLanguage(yield* parseJsonConfig(text, lines), text, lines, apis);
    case 'yaml':
      return yield* analyzeLanguage(yield* parseYamlConfig(text, lines), text, lines, apis);
  }
}

/** Objects between two yields. */
const OBJECTS = 20;

function* analyzeLanguage(
  file: ConfigFile,
  text: string,
  lineStarts: LineStarts,
  apis: KnownApis,
): Work<LossAnalysis> {
  const { objects, complete, comments, unread } = file;
  const evidence: Evidence[] = [];
  for (const [i, object] of objects.entries()) {
    for (const each of evidenceIn(object)) evidence.push(each);
    if (i % OBJECTS === OBJECTS - 1) yield i / objects.length;
  }
  const rankings = new Rankings();
  rankings.add(evidence);
  const sources: ClassSources = { comments, around: (near) => rankings.guess(0, near) };
  const losses: LossConfig[] = [];
  const failures: AnalysisFailure[] = [];
  for (const [i, object] of objects.entries()) {
    for (const config of yield* guardedSteps(failures, object.line, lossesInConfig(object, apis, sources)))
      losses.push(config);
    if (i % OBJECTS === OBJECTS - 1) yield i / objects.length;
  }
  losses.push(...(yield* lossesInConfigCommands(file, text, lineStarts, apis, failures)));
  // An argument is found with the object that names its type, and by its key.
  const arguments_ = new Set(
    losses.flatMap(({ kind, alpha: { span } }) => (kind === 'object' && span ? [span.from] : [])),
  );
  const users = new Map(
    losses.flatMap((config) => {
      const { kind, alpha } = config;
      return kind === 'object' && alpha.token ? [[alpha.token.place.span.from, config] as const] : [];
    }),
  );
  const configs = losses
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
