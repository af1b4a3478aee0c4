import { joined, type MakeText, numbered, repeated } from './make.ts';

const USE = 'nn.CrossEntropyLoss(label_smoothing=LS)\n';

/** Python that is hard on whoever follows its names: many of a kind that refer to each other. */
export const PYTHON_NAMES: Readonly<Record<string, MakeText>> = {
  'attributes that are set, merged and used': numbered(
    (i) => `C.E${i} = 0.1\nC.merge_from_file(x)\nnn.CrossEntropyLoss(label_smoothing=C.E${i})\n`,
    'C = CN()\n',
  ),
  'entries that a loop sets behind their use': numbered(
    (i) => `    nn.CrossEntropyLoss(label_smoothing=cfg['eps'])\n    cfg[k${i}] = f\n`,
    "cfg = {'eps': 0.1}\nfor i in x:\n",
  ),
  'functions that set what is used between them': numbered(
    (i) =>
      `def f${i}():\n    cfg.e${i} = 0\n    f${i + 1}()\ncfg.e${i} = 0.1\nf${i}()\nnn.CrossEntropyLoss(label_smoothing=cfg.e${i})\n`,
    'class C: pass\ncfg = C()\n',
  ),
  'names of one dict that set keys of dicts in it': numbered(
    (i) =>
      `c${i} = cfg\nc${i}['loss']['a${i}'] = 1\nnn.CrossEntropyLoss(label_smoothing=cfg['loss']['eps'])\n`,
    "cfg = {'loss': {'eps': 0.1}}\n",
  ),
  'objects whose methods run each other': joined(
    numbered(
      (i) => `    def m${i}(self):\n        self.m${i + 1}()\n        setattr(self, k, v)\n`,
      'class A:\n    def __init__(self):\n        self.eps = 0.1\n        self.m0()\n',
    ),
    numbered((i) => `a${i} = A()\na${i}.m${i}()\nnn.CrossEntropyLoss(label_smoothing=a${i}.eps)\n`),
  ),
  'functions of one name, and losses that they’re handed': joined(
    repeated('def f(c):\n  c.label_smoothing = 0\n'),
    numbered((i) => `l${i} = nn.CrossEntropyLoss(label_smoothing=0.1)\nf(l${i})\n`),
  ),
  'methods of one name, and losses that they’re handed': joined(
    numbered((i) => `class A${i}:\n  def f(self, c):\n    c.label_smoothing = 0\n`),
    numbered((i) => `l${i} = nn.CrossEntropyLoss(label_smoothing=0.1)\nx.f(l${i})\n`),
  ),
  'losses with one constant': repeated(USE, 'LS = 0.1\n'),
  'losses with constants of their own': numbered(
    (i) => `LS_${i} = 0.1\nnn.CrossEntropyLoss(label_smoothing=LS_${i})\n`,
  ),
  'a constant that is set over and over': joined(repeated('LS = 0.1\n'), repeated(USE)),
  'a constant that may be set over and over': joined(repeated('if x:\n  LS = 0.1\n'), repeated(USE)),
  'a constant made of the one before, twice': numbered(
    (i) => `LS_${i + 1} = LS_${i} + LS_${i}\nnn.CrossEntropyLoss(label_smoothing=LS_${i})\n`,
    'LS_0 = 0.1\n',
  ),
  'constants that are used from the last to the first': (length) => {
    const count = Math.ceil(length / 60);
    const names = Array.from({ length: count }, (_, i) => i);
    return [
      'LS_0 = 0.1',
      ...names.map((i) => `LS_${i + 1} = LS_${i} * LS_${i}`),
      ...names.map((i) => `F.nll_loss(label_smoothing=LS_${count - i})`),
    ].join('\n');
  },
  'losses with classes of their own': numbered(
    (i) => `F.cross_entropy(x, label_smoothing=0.1, num_classes=${i + 2})\n`,
  ),
  'losses and numbers of classes': joined(
    numbered((i) => `num_classes = ${i + 2}\n`),
    repeated(USE, 'LS = 0.1\n'),
  ),
  'losses and comments about classes': repeated(`# smooth-labels: K=10\n${USE}`),
  'comments about classes before losses': joined(repeated('# smooth-labels: K=10\n'), repeated(USE)),
  'a loss with many arguments': numbered(
    (i) => `a${i}=1, `,
    'nn.CrossEntropyLoss(',
    'label_smoothing=0.1)\n',
  ),
  'a loss with many arguments by position': repeated('0.5, ', 'LabelSmoothing(', ')\n'),
  'a loss with many weights': repeated('1., ', 'nn.CrossEntropyLoss(weight=torch.tensor([', ']))\n'),
  'losses with the weights of one list': joined(
    repeated('1., ', 'W = [', ']\n'),
    repeated('nn.CrossEntropyLoss(weight=W)\n'),
  ),
  'losses with the arguments of one dict': joined(
    numbered((i) => `'a${i}': 1, `, 'C = {', "'label_smoothing': 0.1}\n"),
    repeated('nn.CrossEntropyLoss(**C)\n'),
  ),
  'losses with the arguments of one list': joined(
    repeated('0.1, ', 'C = [', ']\n'),
    repeated('LabelSmoothing(*C)\n'),
  ),
  'dicts made of the one before': numbered(
    (i) => `C${i + 1} = dict(**C${i}, a${i}=0.1)\nf(smoothing=C${i}.a0)\n`,
    'C0 = {}\n',
  ),
  'dicts made of one': joined(
    numbered((i) => `'a${i}': 1, `, 'C = {', '}\n'),
    numbered((i) => `f(smoothing=dict(**C).a${i})\n`),
  ),
  'entries of one dict': joined(
    numbered((i) => `'a${i}': 0.1, `, 'C = {', '}\n'),
    numbered((i) => `nn.CrossEntropyLoss(label_smoothing=C['a${i}'])\n`),
  ),
  'dicts of a loss': repeated("x = {'type': 'LabelSmoothLoss', 'label_smooth_val': 0.1}\n"),
  'one dict of dicts of a loss': repeated("{'label_smoothing': 0.1}, ", 'x = {1: [', ']}\n'),
  'one dict with a key over and over': repeated("'label_smoothing': 0.1, ", 'x = {', '}\n'),
  'an object that is configured over and over': repeated('cfg.label_smoothing = 0.1\n'),
  'an object with many settings': numbered((i) => `cfg.a${i}.smoothing = 0.1\n`),
  'attributes that are set over and over': joined(
    repeated('    self.s = 0.1\n', 'class A:\n  def f(self):\n'),
    repeated('    nn.CrossEntropyLoss(label_smoothing=self.s)\n'),
  ),
  'methods with a loss': numbered(
    (i) => `  def f${i}(self, s=0.1):\n    self.s = s\n    nn.CrossEntropyLoss(label_smoothing=self.s)\n`,
    'class A:\n',
  ),
  'flags and their uses': joined(
    numbered((i) => `p.add_argument('--s${i}', type=float, default=0.1)\n`),
    numbered((i) => `nn.CrossEntropyLoss(label_smoothing=args.s${i})\n`),
  ),
  'one flag over and over': joined(
    repeated(`p.add_argument('--s', default=0.1)\n`),
    repeated('nn.CrossEntropyLoss(label_smoothing=args.s)\n'),
  ),
  'defaults of flags': joined(
    numbered((i) => `p.set_defaults(s${i}=0.1)\n`),
    numbered((i) => `nn.CrossEntropyLoss(label_smoothing=args.s${i})\n`),
  ),
  'fields of classes of data': joined(
    numbered((i) => `@dataclass\nclass A${i}:\n  s${i}: float = 0.1\n`),
    numbered((i) => `nn.CrossEntropyLoss(label_smoothing=args.s${i})\n`),
  ),
  'imports of all': joined(
    numbered((i) => `from a${i} import *\n`),
    numbered((i) => `f(smoothing=s${i})\n`),
  ),
  'imports of all there is': joined(
    numbered((i) => `from torch.a${i} import *\n`),
    numbered((i) => `f(smoothing=s${i})\n`),
  ),
  imports: numbered((i) => `from a${i} import b${i}\nb${i}(label_smoothing=0.1)\n`),
  'names of one import': numbered((i) => `b${i}, `, 'from a import ', 'c\nc(label_smoothing=0.1)\n'),
  'one import of a long path': joined(
    repeated('.a', 'import a', ' as b\n'),
    repeated('b.f(label_smoothing=0.1)\n'),
  ),
  'one import from a path of aliases': joined(
    repeated('.compat.v2', 'from tensorflow', ' import Loss\n'),
    repeated('Loss(label_smoothing=0.1)\n'),
  ),
  'an alias of an alias': repeated(
    '.api',
    'import keras',
    '\nkeras.api.losses.CategoricalCrossentropy(label_smoothing=0.1)\n',
  ),
  'classes that inherit from the one before': numbered(
    (i) => `class A${i + 1}(A${i}): pass\nA${i}(label_smoothing=0.1)\n`,
    'class A0(nn.CrossEntropyLoss): pass\n',
  ),
  'classes that inherit from the one behind': numbered(
    (i) => `class A${i}(A${i + 1}): pass\nA${i}(label_smoothing=0.1)\n`,
  ),
  'a class that inherits from many': joined(
    numbered((i) => `class A${i}: pass\n`),
    numbered((i) => `A${i}, `, 'class B(', ' A0): pass\n'),
    repeated('f(smoothing=B.x)\n'),
  ),
  'classes that inherit from two': numbered(
    (i) => `class A${i + 2}(A${i}, A${i + 1}): pass\nf(smoothing=A${i}().x)\n`,
    'class A0: pass\nclass A1: pass\n',
  ),
  'functions that call the next': numbered(
    (i) => `def loss${i}(x, smoothing=0.1): return loss${i + 1}(x, smoothing=smoothing)\n`,
  ),
  'functions that call the one before': numbered(
    (i) => `def loss${i + 1}(x, smoothing=0.1): return loss${i}(x, smoothing=smoothing)\n`,
    'def loss0(x, smoothing): return F.cross_entropy(x, label_smoothing=smoothing)\n',
  ),
  'functions that call two': numbered(
    (i) => `def loss${i}(x, smoothing): loss${i + 1}(x, smoothing); loss${i + 2}(x, smoothing)\n`,
  ),
  'functions that call each other': numbered(
    (i) => `def loss${i}(x, smoothing): loss${i % 97}(x, smoothing); loss${(i * 31) % 101}(x, smoothing)\n`,
  ),
  'functions that divide by classes': numbered(
    (i) => `def smooth_loss${i}(x, smoothing):\n  return log(x) * smoothing / (n - 1)\n`,
  ),
  'a function that divides over and over': repeated(
    'a/x ',
    'def smooth_loss(x, smoothing):\n  return log(x) ',
    '\n',
  ),
  'functions that divide over and over': numbered(
    (i) => `def smooth_loss${i}(x, smoothing):\n  return log(x) ${'a/x; '.repeat(1000)}\n`,
  ),
  'functions full of fills': numbered(
    (i) =>
      `def smooth_loss${i}(x, smoothing):\n  return x.fill_(${'0.5*smooth scatter_(log_softmax('.repeat(100)}\n`,
  ),
  'a method with many parameters': numbered(
    (i) => `a${i}=1, `,
    'class SmoothLoss:\n  def __init__(self, smoothing, ',
    '): pass\nSmoothLoss(0.1)\n',
  ),
  'partials of partials': repeated('partial(', 'f = ', 'nn.CrossEntropyLoss, label_smoothing=0.1\n'),
  partials: numbered(
    (i) => `f${i + 1} = partial(f${i}, label_smoothing=0.1)\nf${i}()\n`,
    'f0 = nn.CrossEntropyLoss\n',
  ),
  'names of a loss': numbered(
    (i) => `F${i + 1} = F${i}\nF${i}(label_smoothing=0.1)\n`,
    'F0 = nn.CrossEntropyLoss\n',
  ),
  'last layers': numbered(
    (i) => `class M${i}:\n  def __init__(self): self.l = nn.Linear(2, ${i + 2})\n`,
    USE,
  ),
  'data sets': repeated('datasets.CIFAR10()\nnn.CrossEntropyLoss()\n'),
  'data that is loaded in a chain': repeated('.load_data()', 'nn.CrossEntropyLoss()\ncifar10', '\n'),
  'lists of labels': joined(
    repeated('"a", ', 'CLASSES = [', ']\n'),
    repeated('nn.CrossEntropyLoss(num_classes=len(CLASSES))\n'),
  ),
  decorators: repeated('@a\n', '', 'def f(smoothing=0.1): pass\nf()\n'),
  'decorated functions': numbered((i) => `@a${i}(label_smoothing=0.1)\ndef f(): pass\n`),
  conditions: repeated('elif x:\n  nn.CrossEntropyLoss(label_smoothing=0.1)\n', 'if x:\n  pass\n'),
  'loops and contexts': repeated(
    'with a as b:\n  for x, y in z:\n    F.cross_entropy(x, y, label_smoothing=b)\n',
  ),
  'targets in a tuple': numbered((i) => `a${i}, `, '', ' = 1, 2\nnn.CrossEntropyLoss(label_smoothing=a0)\n'),
  'expressions that name': repeated('(a := ', 'x = ', '0.1\n'),
  comprehensions: repeated('x = [f(label_smoothing=y) for y in z if y]\n'),
  'gets of gets': repeated('.get("a", ', 'nn.CrossEntropyLoss(label_smoothing=x', '0.1\n'),
  'wide types': numbered(
    (i) =>
      `def f${i}(a: A${i}[int], s: float = 0.1) -> Dict[str, A]: nn.CrossEntropyLoss(label_smoothing=s)\n`,
  ),
  'branches of one statement': joined(
    repeated('elif x:\n  LS = 0.1\n', 'if x:\n  LS = 0.2\n', 'else:\n  LS = 0.3\n'),
    repeated(USE),
  ),
  'statements of two branches': joined(repeated('if x:\n  LS = 0.1\nelse:\n  LS = 0.2\n'), repeated(USE)),
  'loops over values': repeated(`for LS in (0.0, 0.1):\n  ${USE}`),
  'one loop over many values': joined(repeated('0.1, ', 'for LS in (', '):\n  pass\n'), repeated(USE)),
  'losses by their names': repeated("model.compile(loss=['categorical_crossentropy', {'a': 'mse'}])\n"),
  'one list of names': repeated("'categorical_crossentropy', ", 'model.compile(loss=[', '])\n'),
  'one name in lists of lists': repeated('[', 'model.compile(loss=', "'categorical_crossentropy'"),
  'targets that are smoothed': numbered(
    (i) =>
      `q${i} = 0.9 * tf.one_hot(y, 10) + 0.1 / 10\ntf.nn.softmax_cross_entropy_with_logits(labels=q${i}, logits=z)\n`,
    'import tensorflow as tf\n',
  ),
  'one sum of targets': repeated(
    '+ 0.1 / 10 ',
    'import tensorflow as tf\ntf.nn.softmax_cross_entropy_with_logits(labels=tf.one_hot(y, 10) ',
    ', logits=z)\n',
  ),
  'targets of targets': numbered(
    (i) =>
      `q${i + 1} = q${i} * 0.9 + 0.01\ntf.nn.softmax_cross_entropy_with_logits(labels=q${i}, logits=z)\n`,
    'import tensorflow as tf\nq0 = tf.one_hot(y, 10)\n',
  ),
  'settings of one object': joined(
    numbered((i) => `_C.A${i} = 0.1\n`, '_C = CN()\n'),
    numbered((i) => `nn.CrossEntropyLoss(label_smoothing=cfg.A${i})\n`),
  ),
  'one setting of many objects': joined(
    numbered((i) => `c${i} = CN()\nc${i}.A = 0.1\n`),
    repeated('nn.CrossEntropyLoss(label_smoothing=cfg.A)\n'),
  ),
  'runs of W&B': joined(
    repeated('wandb.init(config={"a": 0.1})\n', 'import wandb\n'),
    repeated('nn.CrossEntropyLoss(label_smoothing=wandb.config.a)\n'),
  ),
  'lists that are merged': joined(
    repeated('C.merge_from_list(["A", 0.1])\n', 'C = CN()\n'),
    repeated('nn.CrossEntropyLoss(label_smoothing=C.A)\n'),
  ),
  'one list that is merged': joined(
    repeated('"A", 0.1, ', 'C = CN()\nC.merge_from_list([', '])\n'),
    repeated('nn.CrossEntropyLoss(label_smoothing=C.B)\n'),
  ),
  'options of click': repeated(
    '@click.option("--a", default=0.1)\n',
    '',
    'def f(a):\n  nn.CrossEntropyLoss(label_smoothing=a)\n',
  ),
  'defaults of α': repeated("p.add_argument('--label-smoothing', default=0.1)\n"),
  'commands in a notebook': repeated('!python train.py --label-smoothing 0.1\n'),
  'one command in a notebook': repeated('--label-smoothing {LS} ', 'LS = 0.1\n!python train.py '),
  'a script in a notebook': repeated('python train.py --label-smoothing 0.1\n', '%%bash\n'),
  'losses of one name, and setattr of it': joined(
    repeated(`c = ${USE}`, 'LS = 0.1\n'),
    repeated('setattr(c, k, 0.1)\n'),
  ),
  'losses, and parameters whose attributes are set': joined(
    numbered((i) => `def f${i}(d):\n  d.label_smoothing = 0.1\n`),
    repeated(`c = ${USE}`, 'LS = 0.1\n'),
  ),
  'a function that returns losses': joined(
    repeated(`  return ${USE}`, 'LS = 0.1\ndef f(k):\n'),
    () => 'c = f()\n',
  ),
  'losses that are returned in one tuple': joined(
    repeated('nn.CrossEntropyLoss(label_smoothing=0.1), ', 'def f():\n  return (', ')\n'),
    numbered((i) => `c${i}, `, '(', ') = f()\n'),
  ),
  'outputs that are returned in one tuple': joined(
    repeated('self.a(x), ', 'class M(nn.Module):\n  def forward(self, x):\n    return (', ')\nm = M()\n'),
    numbered((i) => `o${i}, `, '(', ') = m(x)\n'),
    numbered((i) => `F.cross_entropy(o${i}, y, label_smoothing=0.1)\n`),
  ),
  'functions that set what the module has set': numbered(
    (i) => `c.ls = 0.1\ndef f${i}():\n  c.ls = 0.2\nf${i}()\nnn.CrossEntropyLoss(label_smoothing=c.ls)\n`,
  ),
  'what is put in the place of APIs': numbered(
    (i) => `x${i}.CrossEntropyLoss = y\nnn.CrossEntropyLoss(label_smoothing=0.1)\n`,
  ),
  'names for the names of a module': numbered(
    (i) => `g${i} = globals()\ng${i}['ls'] = 0.1\nnn.CrossEntropyLoss(label_smoothing=ls)\n`,
    'ls = 0.1\n',
  ),
  'functions that hand on what the last one changes': joined(
    numbered((i) => `def f${i}(a):\n  f${i + 1}(a)\n`, 'def f0(a):\n  a.ls = 0.2\n'),
    repeated('f0(c)\nnn.CrossEntropyLoss(label_smoothing=c.ls)\n', 'class C:\n  ls = 0.1\nc = C()\n'),
  ),
  'functions that are called between sets of what they use': numbered(
    (i) =>
      `def f${i}():\n  nn.CrossEntropyLoss(label_smoothing=cfg['eps'])\nf${i}()\ncfg['eps'] = 0.${i}\nf${i}()\n`,
    "cfg = {'eps': 0.1}\n",
  ),
  'losses of their own, and what sets those inside': joined(
    () =>
      'class A(nn.Module):\n  def __init__(self, e):\n    self.c = nn.CrossEntropyLoss(label_smoothing=e)\n',
    numbered((i) => `a${i} = A(0.1)\na${i}.c.label_smoothing = 0\n`),
  ),
  'losses in lists, and loops that set them': numbered(
    (i) =>
      `l${i} = [nn.CrossEntropyLoss(label_smoothing=0.1)]\nfor i, c${i} in enumerate(l${i}):\n  c${i}.label_smoothing = 0\n`,
  ),
  'objects in one list, and loops that set them': joined(
    numbered((i) => `a${i}, `, 'class C:\n  ls = 0.1\nall = [', ']\n'),
    numbered(
      (i) =>
        `for i, c${i} in enumerate(all):\n  c${i}.ls = 0\nnn.CrossEntropyLoss(label_smoothing=a${i}.ls)\n`,
    ),
  ),
  'losses that functions of another file are handed': numbered(
    (i) => `l${i} = nn.CrossEntropyLoss(label_smoothing=0.1)\noff(l${i}, l0)\n`,
    'from tools import off\n',
  ),
  'models of one class, and layers that are put into them': joined(
    () =>
      'class M(nn.Module):\n  def __init__(self):\n    self.fc = nn.Linear(3, 10)\n  def forward(self, x):\n    return self.fc(x)\n',
    numbered(
      (i) =>
        `m${i} = M()\nm${i}.a${i} = nn.Linear(3, 5)\nF.cross_entropy(m${i}(x), y, label_smoothing=0.1)\n`,
    ),
  ),
  'attributes of a model, and layers in entries': joined(
    numbered((i) => `    self.a${i} = nn.Linear(3, 10)\n`, 'class M(nn.Module):\n  def __init__(self):\n'),
    () => '  def forward(self, x):\n    return x\nm = M()\n',
    repeated('m.b[0] = nn.Linear(3, 5)\nF.cross_entropy(m(x), y, label_smoothing=0.1)\n'),
  ),
  'sequences, and functions that put layers into them': numbered(
    (i) =>
      `m${i} = nn.Sequential(nn.Linear(3, 10))\ndef f(n):\n  n[-1] = nn.Linear(3, 5)\nf(m${i})\nF.cross_entropy(m${i}(x), y, label_smoothing=0.1)\n`,
  ),
};
