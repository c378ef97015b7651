import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readShapeCases } from '../../scripts/codemod/shape-cases.ts';
import { reasonsPage } from '../../scripts/codemod/reasons-page.ts';
import { shapesPage } from '../../scripts/codemod/shapes-page.ts';
import { trees } from '../codemods/behaviour/trees/index.ts';

const fromRoot = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const cases = readShapeCases(fromRoot('codemods/__fixtures__/cases'));

test('the pages of shapes and of reasons are what the fixtures, the table and the codemod say today', () => {
  // Stale? npx tsx scripts/codemod/write-shapes.ts
  expect(readFileSync(fromRoot('docs/codemod-shapes.md'), 'utf8')).toBe(shapesPage(cases, trees));
  expect(readFileSync(fromRoot('docs/reasons.md'), 'utf8')).toBe(reasonsPage());
});

test('every shape stands in the table, before, and after where it changes', () => {
  const page = shapesPage(cases, trees);
  const rows = page.match(/^\| .+ \| \[.+\]\(#.+\) \| .+ \|$/gm) ?? [];
  expect(rows).toHaveLength(cases.length);
  expect(cases.length).toBeGreaterThan(20);
  for (const anchor of page.matchAll(/\]\(#([^)]+)\)/g)) {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, text = '']) =>
      text.toLowerCase().replace(/[:,]/g, '').replaceAll(' ', '-'),
    );
    expect(headings).toContain(anchor[1]);
  }
});
