import { type Command, CommanderError } from 'commander';
import { toolVersion } from './tool-version.ts';
import { UsageError } from './usage-error.ts';

/** A call that is answered by text alone: `--help` or `--version`. */
export interface TextAnswer {
  text: string;
}

/**
 * Lets a command read its arguments; its options and operands are on it afterwards.
 *
 * @param argv the arguments after the tool's name
 * @returns the text that was asked for instead, if it was
 * @throws UsageError on anything that cannot be meant, in one line
 */
export function readCommand(command: Command, argv: readonly string[]): TextAnswer | undefined {
  let text = '';
  command
    .version(toolVersion(), '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (output) => {
        text += output;
      },
      writeErr: () => {},
    });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text };
    const hint = error.code === 'commander.unknownOption' ? '; --help lists the options' : '';
    throw new UsageError(`${faultOf(error)}${hint}`);
  }
  return undefined;
}

/** What a command did not take, in one line. */
export function faultOf(error: CommanderError): string {
  return error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}
