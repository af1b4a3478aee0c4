// @vitest-environment happy-dom
import { beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE, IN_CODE, TEACHER, WEIGHT } from './example.ts';
import { RenderedPanel } from './renderedPanel.ts';

// The numbers here were computed apart, in Python's float64, from the definitions in docs/semantics.md.
const FLOOR = 0.3896729206581786;
const UNIFORM_GUESS = 'ln 5 ≈ 1.6094';

let panel: RenderedPanel;
beforeAll(async () => {
  panel = await RenderedPanel.start();
});

/** Figures on top of the panel, each within 1e-12. */
function expectFigures(figures: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(figures)) expect(panel.exact(name), name).toBeCloseTo(value, 12);
}

/** The rows of the table, as they are to be read, in its order. */
const rowsShown = () => panel.cells('.rows tbody').filter((cells) => cells.length > 0);

describe('the tab of rows', () => {
  it('has the loss, what it consists of, and each row, the largest excess first', async () => {
    await panel.show(EXAMPLE);
    expectFigures({
      loss: 0.7392302783891238,
      nll: 0.4975636117224571,
      floor: FLOOR,
      excess: 0.3495573577309452,
    });
    expect(panel.text('.summary')).toContain(
      'y′ = 1 − 0.1 + 0.1/5 = 0.92 for the true class, 0.1/5 = 0.02 for every other class',
    );
    expect(panel.text('.summary')).toContain(
      'The loss is lowest when the true class has p = 0.92, its logit 3.8286 above the others. In 2 of 6 rows the true class has a higher p, so the gradient lowers its logit.',
    );
    expect(panel.text('section[aria-label^="Why"]')).toContain(UNIFORM_GUESS);
    expect(rowsShown()).toEqual([
      ['4', '4', '✗ 0', '0.307', '1.2415', '1.1815', '0.8519'],
      ['2', '1', '✗ 3', '0.345', '1.1741', '1.0641', '0.7844'],
      ['1', '0', '0', '0.588', '0.6806', '0.5306', '0.2909'],
      ['5', '1', '1', '0.981', '0.4668', '0.0193', '0.0771'],
      ['3', '3', '3', '0.969', '0.4465', '0.0315', '0.0568'],
      ['0', '2', '2', '0.854', '0.4259', '0.1584', '0.0362'],
    ]);
  });

  it('has the smoothed target and the gradient of a row', async () => {
    await panel.show(EXAMPLE);
    await panel.selectRow(0);
    const numbers = await panel.numbers('Row 0');
    expect(numbers.map(([name, hard, target]) => [name, hard, target])).toEqual([
      ['0', '0', '0.02'],
      ['1', '0', '0.02'],
      ['2', '1', '0.92'],
      ['3', '0', '0.02'],
      ['4', '0', '0.02'],
    ]);
    const gradient = [0.041828, -0.009256, -0.066497, 0.028151, 0.005774];
    for (const [k, cells] of numbers.entries())
      expect(Number(cells[4]!.replace('−', '-'))).toBeCloseTo(gradient[k]!, 6);
    const probabilities = [0.061828, 0.010744, 0.853503, 0.048151, 0.025774];
    for (const [k, cells] of numbers.entries()) expect(Number(cells[3])).toBeCloseTo(probabilities[k]!, 6);
  });

  it('leaves out an ignored row', async () => {
    await panel.show({ ...EXAMPLE, targets: [2, 0, 1, -100, 4, 1] });
    expectFigures({
      loss: 0.7977838917801394,
      nll: 0.5907838917801393,
      floor: FLOOR,
      excess: 0.4081109711219608,
    });
    expect(rowsShown().find(([row]) => row === '3')).toEqual([
      '3',
      'ignored',
      '3',
      '–',
      '0.0000',
      '0.0000',
      '0.0000',
    ]);
  });

  it('weighs the classes', async () => {
    await panel.show({ ...EXAMPLE, weight: WEIGHT });
    expectFigures({
      loss: 0.9491229173168845,
      nll: 0.717542407182051,
      floor: 0.3364643902097195,
      excess: 0.612658527107165,
    });
    expect(rowsShown()[0]).toEqual(['4', '4', '✗ 0', '0.307', '4.5282', '4.7262', '0.5396', '3.9885']);
  });

  it('takes two classes', async () => {
    await panel.show({
      logits: [
        [1.5, -0.5],
        [0.25, 0.5],
        [-1, 2],
      ],
      targets: [0, 0, 1],
      labelSmoothing: 0.1,
    });
    expectFigures({
      loss: 0.41298492749851956,
      nll: 0.3338182608318528,
      floor: 0.19851524334587248,
      excess: 0.21446968415264708,
    });
    expect(panel.text('.summary')).toContain('0.95 for the true class');
    expect(panel.text('section[aria-label^="Why"]')).toContain('ln 2 ≈ 0.6931');
  });

  it('has no floor at α = 0', async () => {
    await panel.show(EXAMPLE);
    await panel.type('alpha', '0');
    expectFigures({
      loss: 0.4975636117224571,
      nll: 0.4975636117224571,
      floor: 0,
      excess: 0.4975636117224571,
    });
    expect(panel.text('.summary')).toContain('The loss has no minimum');
    expect(panel.has('section[aria-label="The range of the loss"]')).toBe(true);
    expect(panel.has('section[aria-label="Why the loss can’t reach 0"]')).toBe(false);
  });

  it('says what the large figure is, of how many rows', async () => {
    await panel.show(EXAMPLE);
    // With as many digits as the sum below it needs.
    expect(panel.text('p.loss')).toBe('0.73923 nats: the mean loss of 6 rows');
    expect(panel.text('.parts')).toMatch(/^0\.73923 = /);
    await panel.choose('reduction', 'sum');
    expect(panel.text('p.loss')).toBe('4.43538 nats: the sum of the losses of 6 rows');
    await panel.show({ ...EXAMPLE, weight: WEIGHT });
    expect(panel.text('p.loss')).toContain('nats: the weighted mean loss of 6 rows');
  });

  it('speaks of one row, and of none', async () => {
    await panel.show({ logits: [[2, 1, 0]], targets: [0], labelSmoothing: 0.1 });
    expect(panel.text('p.loss')).toBe('0.5076 nats: the loss of one row');
    expect(panel.text('.summary')).toContain('This row’s p isn’t higher.');
    expect(panel.text('.rows-head, section.rows, [role="tabpanel"]')).toContain('1 row');
    expect(panel.text('[role="tabpanel"]')).not.toContain('1 rows');
  });

  it('has the p of the curve with the digits of the summary', async () => {
    await panel.show(EXAMPLE);
    expect(panel.text('.summary')).toContain('has p = 0.92,');
    expect(panel.text('section[aria-label^="Loss of a row"]')).toContain('minimum at p = 0.92: 0.3897 nats');
    expect(panel.text('section[aria-label^="Loss of a row"]')).toContain(
      'The curve assumes that the other classes share the rest equally.',
    );
    expect(panel.text('section[aria-label^="Loss of a row"]')).toContain(
      'In 2 of 6 rows the true class has a p above 0.92,',
    );
  });

  it('speaks of a logit, not of a gap, where each class has a sigmoid', async () => {
    await panel.show(EXAMPLE);
    await panel.choose('convention', 'BINARY_HALF');
    expect(panel.text('.summary')).toContain('has p = 0.95, a logit of 2.9444.');
    expect(panel.text('section[aria-label^="Loss of the true class"]')).toMatch(/optimal logit is 2\.9444/);
    expect(panel.text('[role="tabpanel"]')).not.toContain('logit gap');
    expect(panel.text('[role="tabpanel"]')).not.toContain('share the rest');
    // The loss is the mean over the classes.
    const picture = panel.svg('Row');
    expect(picture.textContent).toContain('(p\u00a0−\u00a0y′)/K');
    // Its axis reaches to the end, beside so wide a head, too.
    expect([...picture.querySelectorAll('.tick text')].map((tick) => tick.textContent)).toContain('1');
  });

  it('calls the floor by its name on the ruler', async () => {
    await panel.show(EXAMPLE);
    expect(panel.text('section[aria-label^="Why"]')).toContain('floor 0.38967');
  });
});

describe('the tab of calibration', () => {
  it('has the scores before and after, and the temperature with the lowest NLL', async () => {
    await panel.show(EXAMPLE, 'Calibration');
    expect(panel.cells('.calibrated table')).toEqual([
      ['figure', 'before', 'T = 0.4595'],
      ['mean confidence', '70.7 %', '84.2 %'],
      ['accuracy', '66.7 %', '66.7 %'],
      ['ECE', '0.2430', '0.2134'],
      ['MCE', '0.5020', '0.6826'],
      ['NLL', '0.4976', '0.3868'],
      ['Brier score', '0.2649', '0.2692'],
    ]);
    expect(panel.text('[role="tabpanel"]')).toContain(
      'T = 0.4595, fitted on these 6 rows, lowers their NLL from 0.4976 to 0.3868. It lowers ECE from 0.2430 to 0.2134.',
    );
  });

  it('has the bits of a loss in its tooltip', async () => {
    await panel.show(EXAMPLE, 'Calibration');
    expect(panel.title('nllBefore')).toMatch(/^0\.49756361172245\d* nats \(0\.7178 bits\)$/);
    expect(panel.title('expectedErrorBefore')).not.toContain('bits');
  });

  it('offers a temperature only where there’s a reason to scale', async () => {
    // One answer for every row, so confident that it's right as often as it says, or not.
    const answers = (gap: number) => ({
      logits: Array.from({ length: 100 }, () => [gap, 0]),
      targets: Array.from({ length: 100 }, (_, row) => (row < 75 ? 0 : 1)),
    });
    await panel.show(answers(1.2), 'Calibration');
    expect(panel.text('.verdict')).toContain('no reason to scale them');
    expect(panel.text('.verdict')).not.toContain('Apply T');
    await panel.show(answers(5), 'Calibration');
    expect(panel.text('.verdict')).toContain('Apply T = 4.551 to all tabs');
  });

  it('needs targets', async () => {
    await panel.show({ logits: EXAMPLE.logits }, 'Calibration');
    expect(panel.text('[data-figure="refused"]')).toContain('There are no targets');
  });
});

describe('the tab of class weights', () => {
  it('has the smoothed target of each class where there are none', async () => {
    await panel.show(EXAMPLE, 'Class weights');
    const own = ['0.920', '0.0200', '0.0200', '0.0200', '0.0200'];
    expect(panel.texts('.cell')).toEqual(
      [0, 1, 2, 3, 4].flatMap((k) => own.toSpliced(0, 1).toSpliced(k, 0, own[0]!)),
    );
    expect(panel.exact('cell')).toBeCloseTo(0.92, 12);
  });

  it('has what is best to predict for each', async () => {
    await panel.show({ ...EXAMPLE, weight: WEIGHT }, 'Class weights');
    expect(panel.texts('.cell').slice(5, 15)).toEqual([
      ...['0.0102', '0.934', '0.0051', '0.0102', '0.0406'],
      ...['0.0323', '0.0645', '0.742', '0.0323', '0.129'],
    ]);
    expect(panel.has('[data-figure="moved"]')).toBe(false);
    expect(panel.text('[role="tabpanel"] > p')).toContain('depends on the class: from 0.742 to 0.976.');
  });

  it('marks every class that is best to predict where several are', async () => {
    await panel.show({ ...EXAMPLE, weight: [0.001, 1, 1, 1, 1] }, 'Class weights');
    expect(panel.texts('.cell.moved')).toHaveLength(4);
    expect(panel.text('[role="tabpanel"]')).toContain('optimal prediction, where it’s another class');
    expect(panel.text('section[aria-label^="Why"]')).toContain('weighted uniform guess');
  });

  it('warns where another class is best to predict', async () => {
    await panel.show({ ...EXAMPLE, weight: [1, 1, 1, 1, 50] }, 'Class weights');
    // Its weight has to be more than 0.92/0.02 = 46 times as large: 50 · 0.02 / (0.92 + 3 · 0.02 + 50 · 0.02) = 0.505.
    const words = panel.text('[data-figure="moved"] p');
    expect(words).toContain('the optimal prediction is class 4 (p = 0.505)');
    expect(words).toContain(
      'Its weight is 50 times as large, and a ratio above 1 + K(1 − α)/α = 46 moves the optimum',
    );
    expect(panel.text('[data-figure="moved"]')).toContain('5 of 6 rows have such a true class.');
  });

  it('names none of several that are best to predict alike', async () => {
    await panel.show({ ...EXAMPLE, weight: [1, 0.001, 1, 1, 1] }, 'Class weights');
    // 0.02 / (0.92 · 0.001 + 4 · 0.02) = 0.247.
    const words = panel.text('[data-figure="moved"] p');
    expect(words).toContain('the loss is lowest with p = 0.247 for each of 4 other classes');
    expect(words).toContain('Their weights are 1,000 times as large');
  });
});

describe('the tab of the teacher', () => {
  it('has both kinds of targets, and the α with as much entropy', async () => {
    await panel.show(EXAMPLE);
    await panel.selectRow(0);
    await panel.showTeacher(TEACHER);
    await panel.tab('Teacher');
    expect(panel.text('[role="tabpanel"]')).toContain('the same class as these logits in 66.7 % of the rows');
    expect(panel.exact('teacherEntropy')).toBeCloseTo(1.3128466582798053, 12);
    expect(panel.exact('smoothingEntropy')).toBeCloseTo(FLOOR, 12);
    expect(panel.exact('sameAlpha')).toBeCloseTo(0.5631899943752718, 9);
    expect(panel.text('[role="tabpanel"]')).toContain('teacher 1.3071, smoothing 0.3897 nats');
    const numbers = await panel.numbers('Row 0');
    const soft = [0.154997, 0.073215, 0.540993, 0.136784, 0.09401];
    for (const [k, [, , target, teacher]] of numbers.entries()) {
      expect(target).toBe(k === 2 ? '0.92' : '0.02');
      expect(Number(teacher)).toBeCloseTo(soft[k]!, 6);
    }
  });

  it('asks for a teacher where there is none', async () => {
    await panel.show(EXAMPLE, 'Teacher');
    expect(panel.text('[role="tabpanel"]')).toContain('Choose a teacher’s logits');
    expect(panel.has('[data-figure="teacherEntropy"]')).toBe(false);
  });
});

describe('the tab that reads a loss', () => {
  it('says which two p have it', async () => {
    await panel.show(EXAMPLE, 'Read a loss');
    await panel.type('seen-loss', '0.5');
    expect(panel.exact('p')).toBeCloseTo(0.7354209607807544, 9);
    expect(panel.exact('seen-gap')).toBeCloseTo(2.4085974004537776, 9);
    expect(panel.exact('oversure')).toBeCloseTo(0.9914796872445534, 9);
    expect(panel.exact('oversure-gap')).toBeCloseTo(6.143039773422594, 9);
    expect(panel.text('[data-figure="reading"]')).toContain(
      'That’s a logit gap of 2.4086. Beyond the minimum, p = 0.991 (a logit gap of 6.1430) has the same loss.',
    );
    expect(panel.text('[data-figure="reading"]')).toContain('0.5000 nats = floor 0.3897 + excess 0.1103');
    expect(panel.title('seen')).toBe('the loss\n0.5 nats (0.7213 bits)');
    expect(panel.title('seen-gap')).toMatch(/\n2\.40859740045\d+$/);
    expect(panel.text('[data-figure="reading"]')).toContain(
      'NLL at p = 0.735: 0.3073 nats, a perplexity of 1.36',
    );
  });

  it('has no curve before there is a loss to be seen on it', async () => {
    await panel.show(EXAMPLE, 'Read a loss');
    expect(panel.has('[role="tabpanel"] section.chart')).toBe(false);
    await panel.type('seen-loss', '0.5');
    expect(panel.has('[role="tabpanel"] section.chart')).toBe(true);
  });

  it('says what would explain a loss below the floor', async () => {
    await panel.show(EXAMPLE, 'Read a loss');
    await panel.type('seen-loss', '0.3');
    expect(panel.text('[data-figure="reading"]')).toContain('0.3 nats is below the floor of 0.3897 nats');
    expect(panel.texts('[data-change]').length).toBeGreaterThan(2);
  });
});

describe('the tab of comparison', () => {
  it('has losses that are the sum of floor and excess as they’re read', async () => {
    await panel.show(EXAMPLE, 'Compare');
    for (let alpha = 1; alpha < 20; alpha++) {
      await panel.type('alpha', String(alpha / 100));
      await panel.settled();
      const [loss, floor, excess] = panel
        .texts('[data-pin="current"] td')
        .slice(3, 6)
        .map((text) => Math.round(Number(text) * 1e8));
      expect(floor! + excess!).toBe(loss);
    }
  });

  it('says that the NLL of a sigmoid is another loss, where both kinds are pinned', async () => {
    await panel.show(EXAMPLE, 'Compare');
    expect(panel.has('[data-says="activations"]')).toBe(false);
    document.querySelector<HTMLButtonElement>('[data-control="pin"]')!.click();
    await panel.choose('convention', 'BINARY_HALF');
    expect(panel.text('[data-says="activations"]')).toContain('NLL is a different loss');
  });
});

describe('a loss in code', () => {
  it('has its floor, its targets, and the loss of a uniform guess', async () => {
    await panel.showConfig(IN_CODE);
    expectFigures({
      floor: FLOOR,
      on: 0.92,
      off: 0.02,
      best: 0.92,
      gap: 3.828641396489095,
    });
    expect(panel.text('.targets-formula')).toContain('1 − α + α/K = 1 − 0.1 + 0.1/5 = 0.92');
    expect(panel.text('[data-figure="targetVector"]')).toBe('[0.02, 0.02, 0.92, 0.02, 0.02]');
    expect(panel.text('section[aria-label^="What it costs"]')).toContain('uniform guess: ln 5 ≈ 1.609');
    expect(await panel.numbers('What we ask for')).toEqual([
      ['dog', '0', '0.02'],
      ['fox', '0', '0.02'],
      ['cat', '1', '0.92'],
      ['owl', '0', '0.02'],
      ['bee', '0', '0.02'],
    ]);
  });

  it('says of a note that it’s about the code while something else is tried', async () => {
    const note = 'K = 5, inferred from the last layer';
    await panel.showConfig({ ...IN_CODE, notes: [note] });
    expect(panel.texts('.note')).toContain(note);
    await panel.type('classes', '1000');
    expect(panel.texts('.note')).toContain(`In the code: ${note}`);
  });

  it('follows K, down to two classes', async () => {
    await panel.showConfig(IN_CODE);
    await panel.type('classes', '2');
    expectFigures({ floor: 0.1985152433458726, on: 0.95, off: 0.05, gap: Math.log(19) });
  });
});
