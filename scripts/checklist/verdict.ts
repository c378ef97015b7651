import { clientName, withArticle } from '../../codemods/agent-cache/source/client-noun.ts';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import { explain } from '../../codemods/agent-cache/reasons/sentence.ts';
import type { FileResult, Occurrence } from '../../codemods/agent-cache/result.ts';
import { absolutePath } from '../codemod/report.ts';
import { usesCache } from './cache-use.ts';
import type { Finding, Verdict } from './report.ts';

/** What the gate has to know to speak of one file that is not done. */
export interface Context {
  options: CodemodOptions;
  /** The text of a file of the tree. */
  read: (itemPath: string) => string;
  /** Absolute. */
  absolute: (itemPath: string) => string;
  /** What is wrong with a file beside what the codemod has to do in it. */
  findingsOf: (itemPath: string) => readonly Finding[];
  /** The files that something is wrong with, beside those. */
  filesFound: readonly string[];
  /** Why a file of the tree was not read as code. */
  reasonUnread: (itemPath: string) => string;
  /** The command that lets the codemod work on a file. */
  codemodCommand: (itemPath: string) => string;
}

/** The verdict on a file in which the codemod has something to do, or that it could not parse. */
export function judge(itemPath: string, result: FileResult, context: Context): Verdict {
  if (result.status === 'error') return 'unparseable';
  return judgeFound(itemPath, context);
}

/** The verdict on a file in which something is left to do. */
export function judgeFound(itemPath: string, context: Context): Verdict {
  return usesCache(context.read(itemPath), itemPath, context.options) ? 'partial' : 'pending';
}

/** One finding for each place that the codemod would change or leaves to a person. */
export function describeResult(itemPath: string, result: FileResult, context: Context): Finding[] {
  if (result.status === 'error') return [describeError(itemPath, result.error ?? 'it does not parse')];
  return result.occurrences.map((occurrence) =>
    describeOccurrence(itemPath, occurrence, result.path, context),
  );
}

function describeOccurrence(
  itemPath: string,
  occurrence: Occurrence,
  path: string,
  context: Context,
): Finding {
  const { line, column, kind, action, left } = occurrence;
  const finding: Finding = {
    file: itemPath,
    line,
    column,
    rule: 'old-way',
    id: occurrence.kind,
    message: whatStands(kind, context.options),
  };
  if (left !== undefined) {
    const said = explain(left, { file: absolutePath(path) });
    return { ...finding, message: `${finding.message}: ${said.reason}`, ...said };
  }
  if (action === 'manual') return { ...finding, message: `${finding.message}: it is left for a person` };
  return { ...finding, fix: context.codemodCommand(itemPath) };
}

function whatStands(kind: Occurrence['kind'], options: CodemodOptions): string {
  const { agentClass } = options;
  const client = clientName(options);
  switch (kind) {
    case 'construction':
      return `builds its own ${client}`;
    case 'factory':
      return `keeps a factory of its own that builds ${withArticle(client)}`;
    case 'factory-call':
      return `gets its ${client} from a factory that builds one each time`;
    case 'factory-reference':
      return `hands on a factory that builds ${withArticle(client)} each time`;
    case 'class-reference':
      return `hands on the class ${agentClass}, from which others can build`;
    case 'dynamic-import':
      return `loads ${agentClass} dynamically`;
    case 'mark':
      return 'is marked as left for a person';
    default:
      return `gets ${withArticle(agentClass)} the old way`;
  }
}

/** Parsers end their message with the place, `(line:column)`, columns from 0. */
function describeError(itemPath: string, error: string): Finding {
  const [, line, column] = /\((\d+):(\d+)\)\D*$/.exec(error) ?? [];
  return {
    file: itemPath,
    line: line === undefined ? 1 : Number(line),
    column: column === undefined ? 1 : Number(column) + 1,
    rule: 'unparseable',
    id: 'unparseable',
    message: /^cannot read/i.test(error) ? error : `does not parse: ${error}`,
    hint: 'mend the file, then run the checklist again',
  };
}
