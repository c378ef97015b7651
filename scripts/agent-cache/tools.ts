import { type Runner, startedBy, type Tool } from '../cli/command-line.ts';

/**
 * Runs one of the tools; each loads only what it needs.
 *
 * @param argv the arguments after the tool's name
 * @returns its exit code
 */
export async function runTool(tool: Tool, argv: readonly string[], runner: Runner): Promise<number> {
  startedBy(runner);
  if (tool === 'checklist') {
    const { main } = await import('../checklist/main.ts');
    return await main(argv, process);
  }
  if (tool === 'init') {
    const { runInit } = await import('../init/run-init.ts');
    return await runInit(argv);
  }
  const { runCodemod } = await import('../codemod/run-codemod.ts');
  return await runCodemod(argv);
}
