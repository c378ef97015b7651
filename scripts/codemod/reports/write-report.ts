import path from 'node:path';
import { reasonOf } from '../../cli/system-error.ts';
import { toolVersion } from '../../cli/tool-version.ts';
import { UsageError } from '../../cli/usage-error.ts';
import { writeFileAtomically } from '../../cli/write-file.ts';
import { type ReportSource, reportPage } from './report-page.ts';

/** Whether a report of that name shows the diffs of files. */
export function showsDiffs(file: string | undefined): boolean {
  return file !== undefined && /\.(html?|md)$/i.test(file);
}

/**
 * Writes the report of a run: a page of HTML, Markdown or, under any other name, JSON.
 *
 * @throws UsageError when it cannot be written
 */
export async function writeReport(file: string, source: ReportSource): Promise<void> {
  const text = await textOf(file, source);
  try {
    writeFileAtomically(file, text);
  } catch (error) {
    throw new UsageError(`the report was not written to ${file}: ${reasonOf(error)}`);
  }
}

async function textOf(file: string, source: ReportSource): Promise<string> {
  switch (path.extname(file).toLowerCase()) {
    case '.html':
    case '.htm':
      return (await import('./html-report.ts')).htmlReport(reportPage(source));
    case '.md':
      return (await import('./markdown-report.ts')).markdownReport(reportPage(source));
    default:
      return `${JSON.stringify(withOrigin(source), null, 2)}\n`;
  }
}

/** Who reads a report later wants to know what wrote it, and how it was asked. */
function withOrigin({ report: { version, ...rest }, options }: ReportSource) {
  const tool = { name: 'agent-cache-tools', version: toolVersion() };
  return { version, tool, options, ...rest };
}
