import type { Operation } from './operation.ts';

/** What hardly any field takes. */
const WRONG = ['', '0', 'tomorrow', 0, {}];
/** In a path it is no id. */
const NO_ID = 'x';

/**
 * An input that the operation does not take: with a path that names nothing, without what it requires, or else with one
 * field that is wrong.
 */
export function wrongInput({ path, input }: Pick<Operation, 'path' | 'input'>): Record<string, unknown> {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, NO_ID]);
  if (inPath.length > 0) return Object.fromEntries(inPath);
  if (input === undefined || !input.safeParse({}).success) return {};
  for (const name of Object.keys(input.shape)) {
    const wrong = WRONG.find((value) => !input.safeParse({ [name]: value }).success);
    if (wrong !== undefined) return { [name]: wrong };
  }
  return {};
}

/** Where a request with that input goes. */
export function wrongPath(path: string): string {
  return path.replace(/\{\w+\}/g, NO_ID);
}
