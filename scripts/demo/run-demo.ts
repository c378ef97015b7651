import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startGraphServer } from '../../test/support/graph/index.ts';
import { measureApi } from './measure-api.ts';
import type { ChecklistOutcome, CodemodOutcome, DemoResult, Measurement } from './report.ts';
import { runTool } from './run-tool.ts';
import { createLegacyWorkspace } from './workspace.ts';

/**
 * The whole job on a copy: measures the legacy API, migrates it, proves it, measures it again.
 * Removes the copy and stops what it started, however it ends.
 * @param say gets one line a step
 */
export async function runDemo(say: (step: string) => void): Promise<DemoResult> {
  say('Starting a stand-in Graph server that answers as slowly as the real one');
  const graph = await startGraphServer({ latency: 'realistic' });
  const workspace = await createLegacyWorkspace();
  try {
    const { root } = workspace;
    say('Serving the eight legacy files and measuring them');
    const before = await measureApi({ root, graph, cached: false });
    say('Running the checklist: it should be red');
    const checklistBefore = await runChecklist(root);
    say('Running the codemod on the copy');
    const codemod = await runCodemod(root);
    say('Running the checklist again: it should be green');
    const checklistAfter = await runChecklist(root);
    say('Serving the migrated files and measuring them');
    const after = await measureApi({ root, graph, cached: true });
    return {
      before: before.measurement,
      after: after.measurement,
      codemod,
      checklist: { before: checklistBefore, after: checklistAfter },
      overhead: overheadOf(before.measurement, after.measurement, after.creationMs),
    };
  } finally {
    await Promise.all([graph.close(), workspace.remove()]);
  }
}

async function runCodemod(root: string): Promise<CodemodOutcome> {
  const report = join(root, 'codemod-report.json');
  const { exitCode, stderr } = await runTool('codemod', ['--report', report, join(root, 'api/src')]);
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`The codemod could not run:\n${stderr}`);
  const { summary } = JSON.parse(await readFile(report, 'utf8')) as Pick<CodemodOutcome, 'summary'>;
  return { exitCode, summary };
}

async function runChecklist(root: string): Promise<ChecklistOutcome> {
  const { exitCode, stdout, stderr } = await runTool('checklist', ['--root', root, '--format', 'json']);
  if (stdout === '') throw new Error(`The checklist could not run:\n${stderr}`);
  const { ok, summary } = JSON.parse(stdout) as Omit<ChecklistOutcome, 'exitCode'>;
  return { exitCode, ok, summary };
}

/**
 * What a request spent on getting its agent, on average. The migrated API's requests spend nothing on
 * it but the one creation, so the difference of the means is the legacy API's share.
 */
function overheadOf(before: Measurement, after: Measurement, creationMs: number): DemoResult['overhead'] {
  const beforeMs = before.meanMs - after.meanMs;
  const afterMs = creationMs / after.requests;
  const reductionPercent = Math.round((1 - afterMs / beforeMs) * 1000) / 10;
  return { beforeMs, afterMs, reductionPercent };
}
