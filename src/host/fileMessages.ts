import { l10n } from 'vscode';
import type { ReadProblem, UnreadableType } from '../readers/problem.ts';

/** What can be wrong with a file of arrays as such. */
type FileProblem = Extract<
  ReadProblem,
  {
    reason:
      | 'not-format'
      | 'array-type'
      | 'file-size'
      | 'no-arrays'
      | 'zip-method'
      | 'zip-entry'
      | 'bad-deflate'
      | 'inflated-size'
      | 'checksum'
      | 'tensor-place';
  }
>;

export function describeFileProblem(problem: FileProblem): string {
  switch (problem.reason) {
    case 'not-format':
      return l10n.t(
        'This isn’t a .{0} file, or its header is damaged. Save it again with {1}.',
        problem.format,
        WRITERS[problem.format],
      );
    case 'array-type':
      return describeType(problem);
    case 'file-size':
      return l10n.t(
        'The file has {0} bytes, but its header promises {1}: it was cut short or changed. Save it again.',
        problem.found.toLocaleString(),
        problem.expected.toLocaleString(),
      );
    case 'no-arrays':
      return problem.members.length > 0
        ? l10n.t('There are no arrays in the file, only {0}.', problem.members.join(', '))
        : l10n.t('There are no arrays in the file.');
    case 'zip-method':
      return problem.found === 'encrypted'
        ? l10n.t('The array is encrypted. Save it with numpy.savez.')
        : l10n.t(
            'The array is compressed with {0}. Save it with numpy.savez_compressed, which uses deflate.',
            problem.found,
          );
    case 'zip-entry':
      return l10n.t(
        'The array “{0}” isn’t where the file says it is: the file was cut short or changed.',
        problem.name,
      );
    case 'bad-deflate':
      return l10n.t('The array can’t be decompressed: the file was changed. Save it again.');
    case 'inflated-size':
      return l10n.t(
        'Decompressed, the array isn’t the {0} bytes that the file promises: it was changed. Save it again.',
        problem.expected.toLocaleString(),
      );
    case 'checksum':
      return l10n.t('The array’s checksum is wrong: the file was changed. Save it again.');
    case 'tensor-place':
      return l10n.t(
        'The header is wrong about where the numbers of “{0}” are. Save the file again.',
        problem.name,
      );
  }
}

const WRITERS = {
  npy: 'numpy.save',
  npz: 'numpy.savez',
  safetensors: 'safetensors.torch.save_file',
} as const;

function describeType({ kind, found }: UnreadableType): string {
  switch (kind) {
    case 'object':
      return l10n.t(
        'The array holds Python objects. Reading them means running a pickle (allow_pickle=True), which is never done here. Save numbers: numpy.save("logits.npy", logits.astype(numpy.float32)).',
      );
    case 'structured':
      return l10n.t('The array has fields, like a table. Save the logits alone, as numpy.float32.');
    case 'raw':
      return l10n.t(
        'The array’s type is {0}: raw bytes that may be bfloat16 or anything else. Save logits.astype(numpy.float32).',
        `“${found}”`,
      );
    case 'other':
      return l10n.t('The array’s type is {0}. Logits are real numbers: save them as float32.', `“${found}”`);
  }
}
