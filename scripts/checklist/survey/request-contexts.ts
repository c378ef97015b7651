import path from 'node:path';
import { asksTheRequest } from '../cache/packages.ts';
import type { Detection } from '../detector.ts';

/** Whether some file of a tree may have what gives any code what the request around it has. */
export function mayAskTheRequest({ detection, root }: { detection: Detection; root: string }): boolean {
  return [...detection.read].some((each) =>
    asksTheRequest(detection.project.read(path.join(root, each)) ?? ''),
  );
}
