import { l10n } from 'vscode';
import type { FileProblem, ReadProblem, UnreadableType } from '../../readers/readProblem.ts';

/** What can be wrong with a file of arrays as such. */
type ArraysProblem = Extract<
  ReadProblem,
  {
    reason:
      | 'not-format'
      | 'array-type'
      | 'file-size'
      | 'no-arrays'
      | 'twice'
      | 'axes'
      | 'zip-method'
      | 'zip-entry'
      | 'zip-overlap'
      | 'inflates'
      | 'bad-deflate'
      | 'inflated-size'
      | 'checksum'
      | 'tensor-place';
  }
>;

export function describeFileProblem(problem: ArraysProblem): string {
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
    case 'twice':
      return l10n.t(
        'The file has two entries named “{0}”, so it isn’t clear which one counts. Save it again with different names.',
        problem.name,
      );
    case 'axes':
      return l10n.t(
        'The array has {0} axes; at most {1} are read. Logits have a few axes at most.',
        problem.found.toLocaleString(),
        problem.limit,
      );
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
    case 'zip-overlap':
      return l10n.t(
        'The array “{0}” shares its bytes with another part of the file. Files like this aren’t read: a few bytes could fill the memory. Save it again with numpy.savez_compressed.',
        problem.name,
      );
    case 'inflates':
      return l10n.t(
        'The array “{0}” takes {1} MB in the file and {2} MB decompressed. It’s read only if you agree.',
        problem.name,
        megabytes(problem.bytes),
        megabytes(problem.expected),
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

/** True for what is wrong with a file whatever is in it. */
export function isUnusable<P extends { readonly reason: string }>(
  problem: P,
): problem is Extract<P, FileProblem> {
  return problem.reason in UNUSABLE;
}

const UNUSABLE: Readonly<Record<FileProblem['reason'], true>> = {
  unreadable: true,
  changed: true,
  'not-a-file': true,
};

export function describeUnusable(problem: FileProblem): string {
  switch (problem.reason) {
    case 'unreadable':
      return l10n.t('The file can’t be read: {0}', problem.message);
    case 'changed':
      return l10n.t('The file changed while it was being read. Read it again once it’s complete.');
    case 'not-a-file':
      return problem.found === 'folder'
        ? l10n.t('This is a folder, not a file.')
        : l10n.t('This is a pipe, a socket or a device, not a file.');
  }
}

/** A text that is too large, and what to do instead. */
export function describeTextSize({
  format,
  bytes,
  limit,
}: Extract<ReadProblem, { reason: 'text-size' }>): string {
  return format === 'table'
    ? l10n.t(
        'The table has {0} GB; at most {1} GB are read, as a table has to fit into memory. Convert it to a .npy file, which is read piece by piece: numpy.save("logits.npy", numpy.loadtxt("table.csv", delimiter=",", skiprows=1, dtype="float32")).',
        gigabytes(bytes),
        gigabytes(limit),
      )
    : l10n.t(
        'The file has {0} GB; at most {1} GB of text are read, as it has to fit into memory. Save the logits as a .npy file, which is read piece by piece: numpy.save("logits.npy", logits).',
        gigabytes(bytes),
        gigabytes(limit),
      );
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toLocaleString(undefined, { maximumFractionDigits: 1 });
}

/** At least 0.1, with a decimal where it matters. */
export function megabytes(bytes: number): string {
  const size = bytes / 1e6;
  return size.toLocaleString(undefined, { maximumFractionDigits: size < 10 ? 1 : 0 });
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
