import type { z } from 'zod';

/** What hardly any field takes. */
const WRONG = ['', '0', 'tomorrow', 0, {}];

/** An input that the schema does not take: without what it requires, or else with one field that is wrong. */
export function wrongInput(schema: z.ZodObject): Record<string, unknown> {
  if (!schema.safeParse({}).success) return {};
  for (const name of Object.keys(schema.shape)) {
    const wrong = WRONG.find((value) => !schema.safeParse({ [name]: value }).success);
    if (wrong !== undefined) return { [name]: wrong };
  }
  return {};
}
