import { badParameter } from './graph-error.ts';
import { parseJson } from './params.ts';

type Scalar = string | number | undefined;
type Test = (actual: Scalar, wanted: unknown) => boolean;

const list = (wanted: unknown): string[] => (Array.isArray(wanted) ? wanted : [wanted]).map(String);

const OPERATORS: Record<string, Test> = {
  EQUAL: (actual, wanted) => String(actual) === String(wanted),
  NOT_EQUAL: (actual, wanted) => String(actual) !== String(wanted),
  IN: (actual, wanted) => list(wanted).includes(String(actual)),
  NOT_IN: (actual, wanted) => !list(wanted).includes(String(actual)),
  CONTAIN: (actual, wanted) => String(actual).toLowerCase().includes(String(wanted).toLowerCase()),
  NOT_CONTAIN: (actual, wanted) => !String(actual).toLowerCase().includes(String(wanted).toLowerCase()),
  GREATER_THAN: (actual, wanted) => Number(actual) > Number(wanted),
  LESS_THAN: (actual, wanted) => Number(actual) < Number(wanted),
};

/** One condition of the `filtering` parameter. */
export interface Filter {
  field: string;
  matches: (actual: Scalar) => boolean;
}

/** Reads `filtering=[{"field","operator","value"}]`; no parameter is no filter. */
export function parseFiltering(params: URLSearchParams): Filter[] {
  const text = params.get('filtering');
  if (text === null || text === '') return [];
  const parsed = parseJson(text, 'filtering');
  if (!Array.isArray(parsed)) throw badParameter('Param filtering must be an array');
  return parsed.map((item: unknown, index): Filter => {
    const { field, operator, value } = readCondition(item, index);
    const test = OPERATORS[operator];
    if (test === undefined) {
      const allowed = Object.keys(OPERATORS).join(', ');
      throw badParameter(
        `Param filtering[${index}][operator] must be one of {${allowed}} - got "${operator}"`,
      );
    }
    return { field, matches: (actual) => test(actual, value) };
  });
}

function readCondition(item: unknown, index: number): { field: string; operator: string; value: unknown } {
  if (typeof item === 'object' && item !== null && 'field' in item && 'operator' in item) {
    return {
      field: String(item.field),
      operator: String(item.operator),
      value: 'value' in item ? item.value : undefined,
    };
  }
  throw badParameter(`Param filtering[${index}] must be an object with field, operator and value`);
}

/**
 * Whether an object passes every filter.
 * @param known the fields that can be filtered by, with the object's values
 */
export function passes(filters: readonly Filter[], known: Readonly<Record<string, Scalar>>): boolean {
  return filters.every(({ field, matches }) => {
    if (!Object.hasOwn(known, field)) throw badParameter(`Filtering field ${field} is invalid`);
    return matches(known[field]);
  });
}
