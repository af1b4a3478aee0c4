import type { Printer } from '../../readers/readProblem.ts';

/** A line of Python after which each prints tensors in full. TensorFlow and JAX print as NumPy does. */
export const PRINT_ALL: Readonly<Record<Printer, string>> = {
  pytorch: "torch.set_printoptions(threshold=float('inf'))",
  numpy: 'np.set_printoptions(threshold=sys.maxsize)',
  tensorflow: 'np.set_printoptions(threshold=sys.maxsize)',
  jax: 'np.set_printoptions(threshold=sys.maxsize)',
  paddle: 'paddle.set_printoptions(threshold=sys.maxsize)',
  pandas: "pd.set_option('display.max_rows', None, 'display.max_columns', None)",
  polars: 'pl.Config.set_tbl_rows(-1).set_tbl_cols(-1)',
  libtorch: "torch.set_printoptions(threshold=float('inf'))",
  r: 'options(max.print = .Machine$integer.max)',
  julia: 'Base.active_repl.options.iocontext[:limit] = false',
  spark: 'df.show(truncate=False)',
  // MATLAB and Octave print all there is.
  matlab: 'format long',
  table: "pd.set_option('display.max_rows', None, 'display.max_columns', None)",
  // What prints lists with commas and dots is most likely PyTorch.
  python: "torch.set_printoptions(threshold=float('inf'))",
};
