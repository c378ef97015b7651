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
 * @param elsewhere what to say to options that another tool has, or that are called otherwise here, by their names
 * @returns the text that was asked for instead, if it was
 * @throws UsageError on anything that cannot be meant, in one line
 */
export function readCommand(
  command: Command,
  argv: readonly string[],
  elsewhere: Readonly<Record<string, string>> = {},
): TextAnswer | undefined {
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
    if (error.code !== 'commander.unknownOption') throw new UsageError(faultOf(error));
    const [, name = ''] = /unknown option '(--[\w-]+)/.exec(error.message) ?? [];
    const words = Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined;
    if (words !== undefined) throw new UsageError(`unknown option '${name}': ${words}`);
    throw new UsageError(`${faultOf(error)}; --help lists the options`);
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
