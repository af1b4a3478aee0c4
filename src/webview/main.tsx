import * as l10n from '@vscode/l10n';
import { followDrags } from './charts/dragMotion.ts';
import { startPage } from './panel/startPage.tsx';
import type { VsCodeApi } from './state/hostConnection.ts';

declare function acquireVsCodeApi(): VsCodeApi;

const bundle = document.getElementById('l10n')?.textContent;
if (bundle) l10n.config({ contents: bundle });
followDrags();
startPage(acquireVsCodeApi(), document.getElementById('root')!);
