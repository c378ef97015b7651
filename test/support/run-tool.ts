import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerFor } from '../../scripts/agent-cache/runner.ts';
import { runTool as run } from '../../scripts/agent-cache/tools.ts';
import { npmScripts, startedBy, type Tool } from '../../scripts/cli/command-line.ts';

const repository = path.resolve(fileURLToPath(new URL('../../', import.meta.url)));

/** What a tool came to. */
export interface ToolEnded {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs one of the tools here, as its command does in a process of its own, which costs a second: for what is about the
 * answers and not about the process. Nobody sits at a terminal. Only one may run at a time, since it works in `cwd`.
 */
export async function runTool(tool: Tool, args: readonly string[], cwd: string): Promise<ToolEnded> {
  const before = process.cwd();
  const written = { stdout: '', stderr: '' };
  const restore = (['stdout', 'stderr'] as const).map((name) => {
    const spy = jest.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    });
    return () => spy.mockRestore();
  });
  const terminals = [process.stdin, process.stdout, process.stderr].map((stream) => {
    const own = Object.getOwnPropertyDescriptor(stream, 'isTTY');
    Object.defineProperty(stream, 'isTTY', { value: undefined, configurable: true });
    return () => {
      if (own) Object.defineProperty(stream, 'isTTY', own);
      else Reflect.deleteProperty(stream, 'isTTY');
    };
  });
  try {
    process.chdir(cwd);
    const code = await run(tool, args, runnerFor({ AGENT_CACHE_REPOSITORY: repository }));
    return { code, ...written };
  } finally {
    process.chdir(before);
    startedBy(npmScripts);
    for (const back of [...restore, ...terminals]) back();
  }
}
