import type { RowFloors } from '../../loss/batch/rowFloors.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import type { TabName } from '../../protocol/panelKept.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { CalibrationTab } from '../calibration/calibrationTab.tsx';
import { ClassWeightsTab } from '../classWeights/classWeightsTab.tsx';
import { Compare } from '../compare/compare.tsx';
import { ApplyAlpha } from '../controls/apply/applyAlpha.tsx';
import { WeightsField } from '../controls/weightsField.tsx';
import { Explanation } from '../explain/explanation.tsx';
import { LossReader } from '../explain/lossReader.tsx';
import { SoftmaxTwice } from '../explain/softmaxTwice.tsx';
import { TroubleSentence } from '../explain/troubleSentence.tsx';
import { pngOf, svgOf } from '../export/picture/chartPicture.ts';
import type { LateParts } from '../state/lateParts.ts';
import type { Chosen } from '../state/panelChoices.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { TeacherTab } from '../teacher/teacherTab.tsx';
import { ElsewhereNote } from './elsewhereNote.tsx';

export const lateParts: LateParts = {
  ApplyAlpha,
  ElsewhereNote,
  Explanation,
  SoftmaxTwice,
  TroubleSentence,
  WeightsField,
  svgOf,
  pngOf,
};

interface ViewProps {
  readonly name: Exclude<TabName, 'rows'>;
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly floors: RowFloors;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
  readonly row: number;
  /** It's the first of the table of rows. */
  readonly isFirst: boolean;
  readonly chosen: Chosen;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** A tab that isn't seen at first. This file, with all that only it needs, is a bundle of its own. */
export function TabView({ name, ...props }: ViewProps) {
  const { chosen, choose, spec, measured } = props;
  switch (name) {
    case 'calibration':
      return <CalibrationTab {...props} bins={chosen.bins} />;
    case 'classes':
      return <ClassWeightsTab {...props} />;
    case 'teacher':
      return <TeacherTab {...props} sort={chosen.sort} temperature={chosen.teacherTemperature} />;
    case 'compare':
      return <Compare {...props} />;
    case 'read': {
      const keep = (reading: Chosen['reading']) => choose({ reading });
      return <LossReader spec={spec} classes={measured.stats.classes} state={chosen.reading} keep={keep} />;
    }
  }
}
