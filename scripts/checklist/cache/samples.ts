import type { Node } from '@babel/types';
import type { Run } from './run.ts';
import { isOfText, memberOfSample } from './telling.ts';
import { OTHER, SAMPLE, type Thing } from './values.ts';

export const MOST_ARGUMENTS = 6;
/** The place, behind all arguments, of what the request around a call has for all code that it comes to. */
export const OF_REQUEST = MOST_ARGUMENTS;
/** The mark of what both callers give. */
export const SAME = '';

/** What one of two callers gives otherwise, and which arguments are objects. */
interface Varied {
  position: number;
  property?: string;
  objects: ReadonlySet<number>;
}

/** What the code shows to be an object: nobody sees of which class, so of none. */
const OBJECT = { type: { type: 'TSTypeLiteral', members: [] } as unknown as Node, file: '', isGuess: true };

/**
 * What stands for what somebody gives, the same for all but in what is varied.
 *
 * @param isRead told of each property of an argument that the code looks at
 */
export function samples(
  run: Run,
  varied?: Varied,
  isRead: (position: number, property: string) => void = () => {},
): Thing[] {
  const given = Array.from({ length: MOST_ARGUMENTS + 1 }, (_, position) => {
    const isOther = varied?.position === position;
    const sampleOf = (without: ReadonlySet<string>): Thing => {
      const isLeft = varied?.property === undefined || !without.has(varied.property);
      const whole = run.sample(sampleText(isOther && isLeft ? OTHER : SAME, position, without));
      if (varied?.objects.has(position) === true) whole.declared = OBJECT;
      whole.part = (property) => {
        // What is made of all of it tells of all of it.
        if (isOfText(property)) return memberOfSample(whole, property, run);
        isRead(position, property);
        const differs = isOther && (varied.property === undefined || varied.property === property);
        const part = run.sample(sampleText(differs ? OTHER : SAME, position, property));
        part.part = (inner) => memberOfSample(part, inner, run);
        return part;
      };
      whole.without = (names) => {
        for (const name of names) isRead(position, name);
        return sampleOf(new Set([...without, ...names]));
      };
      return whole;
    };
    return sampleOf(new Set());
  });
  run.ofRequest = given.pop();
  return given;
}

/** The text of a sample of an argument, or of a part of one: closed, so that none is the beginning of another. */
export function sampleText(mark: string, position: number, of: string | ReadonlySet<string>): string {
  const told = typeof of === 'string' ? `.${of}` : of.size > 0 ? `-${[...of].join()}` : '';
  return `${SAMPLE}${mark}${position}${told}›`;
}
