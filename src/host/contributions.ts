// Names that VS Code knows us by. package.json has the same; a test compares them.

export const COMMANDS = {
  open: 'smoothLabels.open',
  openFile: 'smoothLabels.openFile',
  openCell: 'smoothLabels.openCell',
  measureInKernel: 'smoothLabels.measureInKernel',
  openConfig: 'smoothLabels.openConfig',
  setClasses: 'smoothLabels.setClasses',
  copyEquivalent: 'smoothLabels.copyEquivalent',
  openDocs: 'smoothLabels.openDocs',
  openPlayground: 'smoothLabels.openPlayground',
  openExample: 'smoothLabels.openExample',
  checkWorkspace: 'smoothLabels.checkWorkspace',
  openCheck: 'smoothLabels.openCheck',
  openLab: 'smoothLabels.openLab',
} as const;

export const SETTINGS = {
  codeLens: 'smoothLabels.codeLens',
  hover: 'smoothLabels.hover',
  statusBar: 'smoothLabels.statusBar',
  exclude: 'smoothLabels.exclude',
  checks: 'smoothLabels.checks',
  defaultAlpha: 'smoothLabels.defaultAlpha',
  pictureTheme: 'smoothLabels.pictureTheme',
} as const;

/** The type of the panel's webview; a panel comes back after a reload by it. */
export const PANEL_VIEW_TYPE = 'smoothLabels.panel';

/** The item of the status bar that has the loss under the cursor. */
export const LOSS_STATUS = 'smoothLabels.loss';

/** What has been done once: completes the steps of the walkthrough. */
export const FIRST_STEPS = {
  hovered: 'smoothLabels.hovered',
  openedCell: 'smoothLabels.openedCell',
  openedFile: 'smoothLabels.openedFile',
} as const;

/** The type of the editor for files of arrays. */
export const OVERVIEW_VIEW_TYPE = 'smoothLabels.overview';

/** The same of the lab. */
export const LAB_VIEW_TYPE = 'smoothLabels.lab';

/** The problems of files that nobody has open. */
export const WORKSPACE_PROBLEMS = 'smoothLabels.workspace';

/** The item of the language status bar that says what isn't analysed. */
export const LIMIT_STATUS = 'smoothLabels.limit';

/** Under which names something is kept: for the workspace, or for all windows. */
export const MEMENTOS = {
  classCounts: 'smoothLabels.classCounts',
  notebookTargets: 'smoothLabels.notebookTargets',
  unfolded: 'smoothLabels.unfolded',
} as const;
