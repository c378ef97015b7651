import { parseArgs } from 'node:util';
import { type DemoResult, formatReport } from './demo/report.ts';
import { runDemo } from './demo/run-demo.ts';

const USAGE = 'Usage: npm run demo -- [--json]';

async function main(): Promise<void> {
  const { json } = readArguments();
  const result = await runDemo((step) => process.stderr.write(`· ${step}\n`));
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `\n${formatReport(result)}\n`);
  process.exitCode = succeeded(result) ? 0 : 1;
}

function readArguments(): { json: boolean } {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
    return { json: values.json };
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function succeeded({ before, after, codemod, checklist }: DemoResult): boolean {
  const proven = codemod.exitCode === 0 && !checklist.before.ok && checklist.after.ok;
  return proven && before.errors + after.errors === 0;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`The demo could not be finished. ${messageOf(error)}\n`);
  process.exitCode = 1;
}
