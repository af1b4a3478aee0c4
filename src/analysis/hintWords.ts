/**
 * Words of which every loss configuration has one. A document without any is never parsed; this file is all that is loaded
 * until one turns up.
 */
const HINT =
  /smooth|cross_?entropy|softmaxoutput|xent|log_?softmax|bce|nll_?loss|multi_?margin|margin_?loss|kl_?div|lsm[_-]weight|\bls_eps|one_hot|\blsr?\b|focal|asymmetricloss|celoss|cal_loss|mixup|jsd|\bce["']?[:.\]]/i;

export const LANGUAGES = ['python', 'yaml', 'json', 'jsonc', 'toml', 'shellscript', 'makefile'] as const;

export type AnalysisLanguage = (typeof LANGUAGES)[number];

export function isAnalysisLanguage(languageId: string): languageId is AnalysisLanguage {
  return (LANGUAGES as readonly string[]).includes(languageId);
}

/** True if it is worth looking for loss configurations. */
export function hasHintWord(text: string): boolean {
  return HINT.test(text);
}
