import type { API, FileInfo, Options } from 'jscodeshift';
import transform from '../../codemods/agent-cache/transform.ts';

/**
 * The same transform as it would be written with jscodeshift alone: every file is parsed by recast and queried
 * before it is known to be of interest.
 */
export default function plainTransform(file: FileInfo, api: API, options: Options) {
  const root = api.jscodeshift(file.source);
  const constructions = root.find(api.jscodeshift.NewExpression, { callee: { name: 'FacebookAdsAgent' } });
  return constructions.size() === 0 ? undefined : transform(file, api, options);
}
