import { createInterface } from 'node:readline/promises';
import { commandLine } from '../../cli/command-line.ts';
import { UsageError } from '../../cli/usage-error.ts';
import { calledOf, type Client, namingFlags } from './find-clients.ts';

/** How many candidates are worth a look. */
const SHOWN = 5;

/**
 * Asks which of the candidates is meant, where there is somebody to ask.
 *
 * @throws UsageError off a terminal, with what may be meant
 */
export async function chosenCandidate(folder: string, found: readonly Client[]): Promise<Client> {
  const candidates = found.slice(0, SHOWN);
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw new UsageError(listed(folder, candidates));
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const lines = candidates.map((each, index) => `  ${index + 1}  ${described(each)}`);
    process.stdout.write(`Which class is to be shared?\n${lines.join('\n')}\n`);
    for (;;) {
      const chosen = candidates[Number(await reader.question('Its number: ')) - 1];
      if (chosen) return chosen;
    }
  } finally {
    reader.close();
  }
}

function listed(folder: string, candidates: readonly Client[]): string {
  const [first] = candidates;
  const command = commandLine('codemod', ['--init', folder, ...(first ? namingFlags(first) : [])]);
  return [
    `--init ${folder}: name the class that is to be shared, for one: ${command}`,
    'What is built there most:',
    ...candidates.map((each) => `  ${described(each)}`),
  ].join('\n');
}

function described(client: Client): string {
  const { module, places } = client;
  return `${calledOf(client)} of ${module}, built in ${places === 1 ? 'one place' : `${places} places`}`;
}
