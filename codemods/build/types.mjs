import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { generateDtsBundle } from 'dts-bundle-generator';
import { DIST, REPOSITORY } from './paths.mjs';
import { writeInOneStep } from './write-in-one-step.mjs';

/**
 * Writes what TypeScript wants to know of the package's modules: that of the cache from its source, for both ways to
 * import it, that of the transform as it is promised, without what the codemod is made of.
 */
export function writeTypes() {
  const [library = ''] = generateDtsBundle(
    [
      {
        filePath: path.join(REPOSITORY, 'api/src/utils/cached-provider.ts'),
        output: { exportReferencedTypes: false, noBanner: true },
      },
    ],
    { preferredConfigPath: path.join(REPOSITORY, 'codemods/build/tsconfig.types.json') },
  );
  for (const extension of ['.d.ts', '.d.cts']) writeInOneStep(path.join(DIST, `index${extension}`), library);
  copyFileSync(path.join(REPOSITORY, 'codemods/transform.d.cts'), path.join(DIST, 'transform.d.cts'));
}
