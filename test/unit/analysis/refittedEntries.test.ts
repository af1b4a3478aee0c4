import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

const USE = 'loss = nn.CrossEntropyLoss()(net(x), y)';
const SEQUENCE = 'net = nn.Sequential(nn.Linear(10, 5), nn.Linear(5, 7))';
const MODEL = `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(10, 7)
        self.head = nn.Sequential(nn.Linear(10, 7))
    def forward(self, x):
        return self.fc(x)
net = Net()`;
const HEADED = MODEL.replace('return self.fc', 'return self.head');

/** K of the one loss. */
function classesIn(lines: string, context: Parameters<typeof analyzed>[2] = {}): number | null {
  const { configs } = analyzed(`from torch import nn\n${lines}\n${USE}\n`, 'python', context);
  return configs.find(({ api }) => api.startsWith('torch.'))!.classes.guess?.value ?? null;
}

describe('K isn’t that of a layer of a sequence which is replaced or taken out', () => {
  it.each([
    [`${SEQUENCE}\ndel net[-1]`],
    [`${SEQUENCE}\ndef cut(n):\n    del n[-1]\ncut(net)`],
    [`${SEQUENCE}\ndef cut(n):\n    n.pop(-1)\ncut(net)`],
    [`${SEQUENCE}\ndef grow(n, *, k):\n    n.append(nn.Linear(7, k))\ngrow(net, k=5)`],
    [`${SEQUENCE}\nlayers = net\nlayers.pop(1)`],
    [`${SEQUENCE}\nsetattr(net, '1', nn.Linear(5, 3))`],
    [`${SEQUENCE}\nsetattr(net, str(len(net) - 1), nn.Linear(5, 3))`],
    [`${SEQUENCE}\nnet._modules['1'] = nn.Linear(5, 3)`],
    [`${SEQUENCE}\nnet.__setitem__(1, nn.Linear(5, 3))`],
    [`${SEQUENCE}\nd = {'n': net}\nd['n'][1] = nn.Linear(5, 3)`],
    [`${SEQUENCE}\nm = nn.Sequential(net, nn.Identity())\nm[0][1] = nn.Linear(5, 3)`],
    [`${SEQUENCE}\nmodel = nn.DataParallel(net)\nmodel.module[-1] = nn.Linear(5, 3)`],
    [`${SEQUENCE.replace('= ', '= nn.DataParallel(')})\nnet.module[1] = nn.Linear(5, 3)`],
    [`nets = [${SEQUENCE.slice('net = '.length)}]\nnets[0][1] = nn.Linear(5, 3)\nnet = nets[0]`],
    [`${SEQUENCE}\ndef hook(m):\n    m.append(nn.Linear(7, 3))\nnet.apply(hook)`],
    [`${SEQUENCE}\nhook = lambda m: m.append(nn.Linear(7, 3))\nhook(net)`],
    [`${SEQUENCE}\nnet = nn.Sequential(*list(net.children())[:-1])`],
    [`${HEADED}\nfor n, m in net.named_children():\n    m[0] = nn.Linear(10, 5)`],
  ])('%s (%#)', (lines) => {
    expect(classesIn(lines)).toBe(null);
  });

  it.each([
    ['net', SEQUENCE, 'def cut(n):\n    n[-1] = head\n'],
    ['net', SEQUENCE, 'def cut(n):\n    n.pop(-1)\n'],
    ['net', SEQUENCE, 'def inner(n):\n    del n[-1]\ndef cut(m):\n    inner(m)\n'],
    ['net', HEADED, 'def cut(n):\n    n.head[-1] = head\n'],
    ['net.head', HEADED, 'def cut(n):\n    del n[-1]\n'],
  ])('or by a function of another file or cell that is handed %s (%#)', (given, lines, there) => {
    const modules = new Map([['tools', there]]);
    const used = `from tools import cut\n${lines}`;
    expect(classesIn(`${used}\ncut(${given})`, { modules })).toBe(null);
    expect(classesIn(used, { modules })).toBe(7);
    const other = new Map([['tools', `${there.replace('def cut', 'def other')}def cut(n):\n    print(n)\n`]]);
    expect(classesIn(`${used}\ncut(${given})`, { modules: other })).toBe(7);
  });

  it('or by a function of one cell that another calls', () => {
    const cells = [
      `from torch import nn\n${SEQUENCE}`,
      'def cut(n):\n    n[-1] = nn.Linear(5, 3)',
      'cut(net)',
    ];
    expect(classesIn('', { cells })).toBe(null);
    expect(classesIn('', { cells: [cells[0]!, 'rows = {}\nrows[-1] = 3'] })).toBe(7);
  });
});

describe('K isn’t that of an attribute that may be replaced', () => {
  it.each([
    [`${MODEL}\nhead = nn.Linear(10, 5)\nsetattr(net, key, head)`],
    [`${MODEL}\nsetattr(net, key, nn.Linear(10, 5) if tuned else None)`],
    [`${MODEL}\nsetattr(net, key, nn.Linear(10, 5).cuda())`],
    [`${MODEL}\nsetattr(net, key, nn.ExactHead(10, 5))`],
    [`${MODEL}\nsetattr(net, key, FactorizedLinear(10, 5))`],
    [`${MODEL}\nobject.__setattr__(net, 'fc', nn.Linear(10, 5))`],
  ])('%s (%#)', (lines) => {
    expect(classesIn(lines)).not.toBe(7);
  });

  it('or that a method of a base sets in another file', () => {
    const base = 'class Base(nn.Module):\n    def reset(self, k):\n        self.fc = nn.Linear(10, k)\n';
    const lines = `from base import Base\n${MODEL.replace('nn.Module', 'Base')}`;
    expect(classesIn(lines, { modules: new Map([['base', base]]) })).toBe(null);
    const other = base.replace('self.fc', 'self.other');
    expect(classesIn(lines, { modules: new Map([['base', other]]) })).toBe(7);
  });
});

describe('K isn’t that of a model that another file puts another head into', () => {
  const tools = new Map([['tools', 'def refit(n, k):\n    n.fc = nn.Linear(10, k)\n    return n\n']]);
  const other = new Map([['tools', 'def refit(n, k):\n    n.eval()\n    return n\n']]);
  const used = `from tools import refit\n${MODEL.replace('= Net()', '= refit(Net(), 5)')}`;
  const own = `from tools import refit\n${MODEL.replace('(nn.Linear(10, 7))\n', '(nn.Linear(10, 7))\n        refit(self, 5)\n')}`;
  it.each([[used], [own]])('%s', (lines) => {
    expect(classesIn(lines, { modules: tools })).toBe(null);
    expect(classesIn(lines, { modules: other })).toBe(7);
  });
});

describe('K is that of the last layer where', () => {
  it.each([
    [`${SEQUENCE}\nlosses = []\nlosses.append(3)\ndel losses[0]\nhist = {}\nhist[-1] = nn.Linear(1, 2)`],
    [`${SEQUENCE}\nnet[0] = nn.Linear(10, 5)`],
    [`${MODEL}\nfor name, m in net.named_children():\n    setattr(net, name, nn.LeakyReLU())`],
    [`${MODEL}\nfor name, m in net.named_children():\n    setattr(net, name, QuantLinear(m))`],
    [`${MODEL}\nsetattr(net, name, wrap(m))`],
  ])('something else is: %s (%#)', (lines) => {
    expect(classesIn(lines)).toBe(7);
  });
});
