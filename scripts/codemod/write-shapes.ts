import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readShapeCases } from './shape-cases.ts';
import { shapesPage } from './shapes-page.ts';

const cases = readShapeCases(fileURLToPath(new URL('../../codemods/__fixtures__/cases', import.meta.url)));
writeFileSync(new URL('../../docs/codemod-shapes.md', import.meta.url), shapesPage(cases));
