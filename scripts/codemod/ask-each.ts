import { placeKey } from '../../codemods/agent-cache/options.ts';
import { type Reason, reason } from '../../codemods/agent-cache/reasons/reason.ts';
import type { FileResult, Occurrence } from '../../codemods/agent-cache/result.ts';
import type { Palette } from '../cli/colour.ts';
import { type Answer, createPrompt } from './interactive.ts';
import { absolutePath, leftFile, settledOf } from './report.ts';
import { type Settle, textRead } from './settle.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Asks about what was rewritten, and writes nothing. */
export interface AskEach extends Settle {
  /** Why single places of files that are written otherwise keep their agent, by `placeKey`. */
  readonly kept: ReadonlyMap<string, Reason>;
  /** What was to be migrated, as answered: places by `placeKey`, and whole files by their absolute paths. */
  readonly wanted: ReadonlySet<string>;
}

/**
 * Shows the diff of every file and asks whether to write it: where it has several places that get an agent, about
 * each of them.
 *
 * @param results all that was found, of which those with an output are asked about
 */
export function askEach(palette: Palette, results: readonly FileResult[]): AskEach {
  const prompt = createPrompt(process.stdin, process.stdout);
  const total = results.reduce((sum, result) => sum + questionsOf(result).length, 0);
  const kept = new Map<string, Reason>();
  const wanted = new Set<string>();
  let decided: 'all' | 'quit' | undefined;
  let asked = 0;

  async function answer(result: FileResult, place: Occurrence | undefined): Promise<Reason | undefined> {
    asked += 1;
    if (decided === 'quit') return reason('unasked');
    const given: Answer = decided ?? (await prompt.ask(questionAbout(result, place, `${asked} of ${total}`)));
    if (given === 'all' || given === 'quit') decided = given;
    if (given === 'quit') return reason('unasked');
    return given === 'no' ? reason('declined') : undefined;
  }

  return {
    kept,
    wanted,
    async settle(result, output) {
      if (decided === undefined)
        process.stdout.write(unifiedDiff(result.path, textRead(result), output, palette));
      const refusals: [Occurrence | undefined, Reason][] = [];
      const questions = questionsOf(result);
      for (const place of questions) {
        const refusal = await answer(result, place);
        if (refusal) refusals.push([place, refusal]);
        else wanted.add(place ? keyOf(result, place) : absolutePath(result.path));
      }
      const [first] = refusals;
      if (first && refusals.length === questions.length) return leftFile(result, 'manual', first[1]);
      for (const [place, why] of refusals) if (place) kept.set(keyOf(result, place), why);
      return settledOf(result);
    },
    putBack: () => {},
    close: () => prompt.close(),
  };
}

/** What is asked about: the places that get an agent where a file has several, or the file as a whole. */
function questionsOf(result: FileResult): (Occurrence | undefined)[] {
  if (result.output === undefined) return [];
  const places = rewiredOf(result);
  return places.length > 1 ? places : [undefined];
}

function rewiredOf({ occurrences }: FileResult): Occurrence[] {
  return occurrences.filter(({ action, plan }) => action === 'rewired' && plan !== undefined);
}

function keyOf({ path }: FileResult, place: Occurrence): string {
  return placeKey(absolutePath(path), place);
}

function questionAbout({ path }: FileResult, place: Occurrence | undefined, count: string): string {
  const what = place ? `${path}:${place.line}:${place.column} to ${place.plan}` : path;
  return `Migrate ${what}? (${count})`;
}
