import type { Renderer } from './presentation.ts';

/** The report itself, as `docs/checklist-report.schema.json` describes it. */
export const renderJson: Renderer = (report) => `${JSON.stringify(report, null, 2)}\n`;
