import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { trees } from '../../test/codemods/behaviour/trees/index.ts';
import { reasonsPage } from './reasons-page.ts';
import { readShapeCases } from './shape-cases.ts';
import { shapesPage } from './shapes-page.ts';

const cases = readShapeCases(fileURLToPath(new URL('../../codemods/__fixtures__/cases', import.meta.url)));
const write = (page: string, text: string) =>
  writeFileSync(new URL(`../../docs/${page}`, import.meta.url), text);
write('codemod-shapes.md', shapesPage(cases, trees));
write('reasons.md', reasonsPage());
