import type { FileResult } from '../../../codemods/agent-cache/result.ts';
import { absolutePath, explainedPlace, type PlaceReport } from '../../../scripts/codemod/report.ts';

/** The places of a file, as the report tells them. */
export function explained({ path, occurrences }: FileResult): PlaceReport[] {
  return occurrences.map((each) => explainedPlace(each, { file: absolutePath(path) }));
}
