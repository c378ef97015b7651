/** Stands in a text for what nothing tells. */
export const HOLE = '\0';
/** Stands for the first parameter of the outermost function; the others have the next characters. */
const FIRST_PARAMETER = 0xe000;
const MOST_PARAMETERS = 8;
const MOST_FUNCTIONS = 64;

/** What stands for a parameter in a text: of the n-th function around, at a place. */
export function parameterMark(at: number, index: number): string {
  if (at >= MOST_FUNCTIONS || index < 0 || index >= MOST_PARAMETERS) return HOLE;
  return String.fromCharCode(FIRST_PARAMETER + at * MOST_PARAMETERS + index);
}

/** The parameters that a text is made of: which of the functions around has each, and where. */
export function parametersIn(text: string): { at: number; index: number }[] {
  return Array.from(text, (each) => each.charCodeAt(0) - FIRST_PARAMETER)
    .filter((each) => each >= 0 && each < MOST_FUNCTIONS * MOST_PARAMETERS)
    .map((each) => ({ at: Math.floor(each / MOST_PARAMETERS), index: each % MOST_PARAMETERS }));
}

/** A text with holes for the parameters. */
export function withoutParameters(text: string): string {
  return Array.from(text, (each) => (parametersIn(each).length > 0 ? HOLE : each)).join('');
}
