/** Panels of before a reload of the window are known by it. */
export const PANEL_VIEW_TYPE = 'smoothLabels.panel';
