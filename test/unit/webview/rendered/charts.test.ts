// @vitest-environment happy-dom
import { beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE, IN_CODE, TEACHER, WEIGHT } from './example.ts';
import { readableSvg } from './readableSvg.ts';
import { RenderedPanel } from './renderedPanel.ts';

let panel: RenderedPanel;
beforeAll(async () => {
  panel = await RenderedPanel.start();
});

const MANY = {
  logits: [
    Array.from({ length: 30 }, (_, k) => ((k * 7) % 13) / 2),
    Array.from({ length: 30 }, (_, k) => k / 8),
  ],
  targets: [4, 20],
  labelSmoothing: 0.1,
};

/** The picture whose title begins so, compared with the one in `charts`. */
async function expectChart(title: string, file: string): Promise<void> {
  await expect(readableSvg(panel.svg(title))).toMatchFileSnapshot(`charts/${file}.svg`);
}

describe('of logits there is drawn', () => {
  it('the ruler, the curve with its rows, and a row as dumbbells', async () => {
    await panel.show(EXAMPLE);
    await panel.selectRow(0);
    await expectChart('Why the loss can’t reach 0', 'ruler');
    await expectChart('Loss of a row against p(true class)', 'curve');
    await expectChart('Row 0', 'dumbbell');
  });

  it('a row as dumbbells on a log axis, and its gradient as bars', async () => {
    await panel.show(EXAMPLE);
    await panel.selectRow(0);
    await panel.check('log axis');
    await expectChart('Row 0', 'dumbbell-log-axis');
    await panel.check('as bars');
    await expectChart('Row 0', 'gradient');
    // More certain than 0.92: its true class is pushed down.
    await panel.selectRow(5);
    await expectChart('Row 5', 'gradient-pushed-down');
  });

  it('a row that is ignored, and one of many classes', async () => {
    await panel.show({ ...EXAMPLE, targets: [2, 0, 1, -100, 4, 1] });
    await panel.selectRow(3);
    await expectChart('Row 3', 'dumbbell-ignored');
    await panel.show(MANY);
    await panel.selectRow(0);
    await expectChart('Row 0', 'dumbbell-many-classes');
  });

  it('hard targets, which have no floor', async () => {
    await panel.show({ ...EXAMPLE, labelSmoothing: 0 });
    await expectChart('The range of the loss', 'ruler-no-floor');
    await expectChart('Loss of a row against p(true class)', 'curve-hard-targets');
  });

  it('the reliability diagram, with bins of one width and of as many rows', async () => {
    await panel.show(EXAMPLE, 'Calibration');
    await expectChart('Before temperature scaling', 'reliability');
    await panel.choose('binKind', 'mass');
    await expectChart('Before temperature scaling', 'reliability-equal-mass');
  });

  it('the heat map, without weights and with', async () => {
    await panel.show(EXAMPLE, 'Class weights');
    await expectChart('Effective targets', 'heat-map');
    await panel.show({ ...EXAMPLE, weight: WEIGHT }, 'Class weights');
    await expectChart('Effective targets', 'heat-map-weights');
  });

  it('a row’s targets beside the teacher’s', async () => {
    await panel.show(EXAMPLE);
    await panel.selectRow(0);
    await panel.showTeacher(TEACHER);
    await panel.tab('Teacher');
    await expectChart('Row 0', 'teacher');
  });

  it('the curve with a loss that was read', async () => {
    await panel.show(EXAMPLE, 'Read a loss');
    await panel.type('seen-loss', '0.5');
    await expectChart('Loss of a row against p(true class)', 'curve-read');
  });
});

describe('of a loss in code there is drawn', () => {
  it('the ruler of an answer, the answer, and the targets of few classes and of many', async () => {
    await panel.showConfig(IN_CODE);
    await expectChart('What it costs', 'ruler-in-code');
    await expectChart('What the network says', 'answer');
    await expectChart('What we ask for', 'targets');
    await panel.type('classes', '1000');
    await expectChart('What we ask for', 'targets-many-classes');
  });
});
