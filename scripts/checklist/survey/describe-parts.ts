import { OTHERS, type Part } from '../cache/mixed-arguments.ts';
import { OF_REQUEST } from '../cache/samples.ts';

/** `the 2nd argument`, `token of the 1st argument`. */
export function describeParts(parts: readonly Part[]): string {
  const ordinal = (position: number) => ['1st', '2nd', '3rd'][position] ?? `${position + 1}th`;
  return parts
    .map(({ position, property }) => {
      const argument =
        position === OF_REQUEST ? 'what the request around has' : `the ${ordinal(position)} argument`;
      if (property === undefined) return argument;
      return property === OTHERS ? `something else of ${argument}` : `${property} of ${argument}`;
    })
    .join(' and ');
}
