import { buildTools } from './build-tools.mjs';
import { bundle } from './bundle.mjs';
import { copyDocuments } from './copy-documents.mjs';
import { writeLicences } from './licences.mjs';
import { writeTypes } from './types.mjs';

const LIBRARY = { index: 'api/src/utils/cached-provider.ts' };
const TRANSFORM = { transform: 'codemods/agent-cache/transform.ts' };

// All that `npm pack` takes along: this is the package's `prepack`. Nothing is cleared first, since the tools may be
// running meanwhile.
const inputs = [
  ...(await buildTools()),
  ...(await bundle(LIBRARY, { format: 'esm', extension: '.js' })),
  ...(await bundle(LIBRARY, { format: 'cjs', extension: '.cjs' })),
  // jscodeshift requires it; it is the function itself, so that an import gives it too.
  ...(await bundle(TRANSFORM, {
    format: 'cjs',
    extension: '.cjs',
    footer: 'module.exports = module.exports.default;',
  })),
];
writeTypes();
writeLicences(inputs);
copyDocuments();
