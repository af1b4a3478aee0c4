import { visible } from '../../names/visibleBindings.ts';
import type { Expression } from '../../values/expression.ts';

/** Characters of a statement that are looked through. */
const LONGEST = 1000;

/** One of several logits that a model gives at once: `words, tags = model(x)` have other classes. */
export function isOfHeads(name: string, node: Expression['node'], scope: Expression['scope']): boolean {
  const [only, ...others] = visible(name, scope, node.from)?.bindings ?? [];
  if (only?.kind !== 'unknown' || others.length > 0 || !OUTPUT.test(name)) return false;
  const { text: code } = scope.module;
  const sign = code.indexOf('=', only.at);
  const names = code.slice(code.lastIndexOf('\n', only.at) + 1, Math.min(sign, only.at + LONGEST)).split(',');
  const plain = names.map((each) => each.replace(/[\s()\d]/g, ''));
  return new Set(plain.filter((each) => OUTPUT.test(each))).size > 1;
}

/** Logits of a head, by name. Those of an auxiliary one are of the same classes, and other losses get those of two or of none. */
const OUTPUT =
  /^(?!.*(?:aux|binary|box|reg|mask|value|stop|depth))(?:\w*_)?(?:logits?|preds?|scores?|outputs?|out)_?\d*$/i;

/** `outputs["emotion_logits"]`, `outputs.logits`: what else the model gives may be made by another layer of the file. */
export function isEntry(text: string): boolean {
  if (/["'] ?\]$/.test(text)) return true;
  const dot = text.lastIndexOf('.');
  return (
    dot > 0 &&
    /^\w*$/.test(text.slice(dot + 1)) &&
    /(?:logits?|scores?)$/.test(text) &&
    !/^self\.\w+$/.test(text)
  );
}

/**
 * Logits of each image with each text, as CLIP has them, and of the places in a text or a box: as many classes as there are rows,
 * tokens or bins. And those of what tells domains apart, or real from generated.
 */
export function isOfPairs(name: string): boolean {
  return name.length < 80 && OF_PAIRS.test(name);
}

const OF_PAIRS =
  /(?:logits?_)?per_(?:image|text)|\bsim(?:ilarity|s)?\b|\bsim_|affinity|\b(?:start|end)_(?:logits|positions|scores)|pred_dist|dfl|\b(?:domain|disc)_(?:logits?|out(?:puts?)?|preds?)\b/i;

/** A network that tells real from generated, or domains apart, beside one that tells classes. */
const TELLS_DOMAINS = /^(?:net_?d|d_?net|disc\w*|critic|domain_\w+)$|discriminator|_domain$/i;

export function tellsDomains(name: string): boolean {
  return name.length < 80 && TELLS_DOMAINS.test(name);
}
