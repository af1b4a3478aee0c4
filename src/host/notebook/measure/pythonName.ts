const NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
/** What IPython keeps results by. */
const RESULT = /^Out\[\d+\]$/;

/** The words that can't be names, of Python 3.12. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** True for a name in Python, or one in a module or an object: nothing else may be written into code. */
export function isPythonName(text: string): boolean {
  return RESULT.test(text) || (NAME.test(text) && text.split('.').every((part) => !KEYWORDS.has(part)));
}
