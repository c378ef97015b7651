import { readFile } from 'node:fs/promises';
import { CLASS_BY_CODE, CLASS_BY_SUBCODE } from '../../../api/src/agents/graph-error-codes.ts';
import { classifyGraphError } from '../../../api/src/agents/graph-error-classifier.ts';
import * as graphErrors from '../../../api/src/agents/graph-errors.ts';

const { AgentUnavailableError, GraphError, GraphThrottleError } = graphErrors;

interface Row {
  slug: string;
  status: number;
  retryAfter: string;
  codes: string;
}

/** The rows of the first table of docs/graph-errors.md. */
async function documentedRows(): Promise<Row[]> {
  const text = await readFile(new URL('../../../docs/graph-errors.md', import.meta.url), 'utf8');
  const [table = ''] = text.split('\n\n').filter((part) => part.startsWith('| problem type'));
  return table
    .split('\n')
    .slice(2)
    .map((line) => {
      const [, name = '', status = '', retryAfter = '', codes = ''] = line
        .split('|')
        .map((cell) => cell.trim());
      return { slug: /`(.+)`/.exec(name)?.[1] ?? '', status: Number(status), retryAfter, codes };
    });
}

function everyKind(): graphErrors.GraphError[] {
  return Object.values(graphErrors).flatMap((kind) => {
    if (!(kind.prototype instanceof GraphError)) return [];
    // A throttle takes its wait as the second argument, an open circuit as its only one.
    const build = kind as new (first: unknown, second?: number) => graphErrors.GraphError;
    return [kind === graphErrors.GraphDownError ? new build(2) : new build({}, 60)];
  });
}

test('the table documents every kind of error, and no other, with its status', async () => {
  const documented = (await documentedRows()).map(
    ({ slug, status, retryAfter }) => `${slug} ${status} ${retryAfter !== '–'}`,
  );
  const real = everyKind().map(
    ({ slug, status, headers }) => `${slug} ${status} ${'Retry-After' in headers}`,
  );
  expect(documented.sort()).toEqual(real.sort());
  expect(real.length).toBeGreaterThan(10);
});

test('the table names every code under the error that it becomes', async () => {
  const rows = await documentedRows();
  const named = new Map(rows.map(({ slug, codes }) => [slug, expandRanges(codes)]));
  for (const [code] of CLASS_BY_CODE) {
    expect(named.get(classifyGraphError({ code }, 400).slug)).toContain(String(code));
  }
  for (const [pair] of CLASS_BY_SUBCODE) {
    const [code, error_subcode] = pair.split('/').map(Number);
    expect(named.get(classifyGraphError({ code, error_subcode }, 400).slug)).toContain(pair);
  }
});

/** `80000–80002` as its three codes. */
function expandRanges(text: string): string[] {
  const spelled = text.replace(/(\d+)–(\d+)/g, (_, from: string, to: string) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (__, index) => Number(from) + index).join(' '),
  );
  return spelled.match(/\d+(\/\d+)?/g) ?? [];
}

test('a code in a string counts like a number, and nonsense is a bad query', () => {
  expect(classifyGraphError({ code: '190' }, 400).slug).toBe('graph-token');
  for (const error of [undefined, null, 'text', 7, [], {}, { code: {} }, { code: 1.5 }]) {
    expect(classifyGraphError(error, 400).slug).toBe('graph-bad-query');
  }
});

test('"reduce the amount of data" turns code 1, and only code 1, into too much data', () => {
  const message = "Please reduce the amount of data you're asking for, then retry your request";
  expect(classifyGraphError({ code: 1, message }, 500).slug).toBe('graph-too-much-data');
  expect(classifyGraphError({ code: 190, message }, 400).slug).toBe('graph-token');
});

test('the code decides, whatever the HTTP status says', () => {
  for (const status of [200, 400, 401, 403, 500, 503]) {
    expect(classifyGraphError({ code: 190 }, status).slug).toBe('graph-token');
    expect(classifyGraphError({ code: 17 }, status).slug).toBe('graph-throttled');
  }
});

test('only a trace id is kept of what Graph says', () => {
  const error = classifyGraphError(
    { code: 100, error_subcode: 7, fbtrace_id: 'AbC-1_2', message: 'secret words', type: 'secret type' },
    400,
  );
  expect(error.fault).toEqual({ httpStatus: 400, code: 100, subcode: 7, traceId: 'AbC-1_2' });
  expect(
    classifyGraphError({ code: 100, fbtrace_id: 'no trace id at all' }, 400).fault.traceId,
  ).toBeUndefined();
});

test('an unavailable agent hands on how long to wait', () => {
  const throttled = new AgentUnavailableError({ cause: new GraphThrottleError({}, 33.2) });
  expect(throttled.headers['Retry-After']).toBe('34');
  expect(new AgentUnavailableError({ cause: new Error('x') }).headers['Retry-After']).toBe('5');
  expect(throttled.message).toBe('Facebook API unavailable');
});
