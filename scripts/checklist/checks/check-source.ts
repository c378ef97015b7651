import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckComment } from '../guide/guide-item.ts';
import type { Checker, CheckOutcome } from '../judge-checks.ts';
import { areCalled } from './called-functions.ts';
import { hasRoute, mayHaveRoute, mountsUntoldFolder, routeTable } from './route-table.ts';
import { SourceIndex } from './source-index.ts';

const KNOWN = 'route METHOD /path, script NAME, metric NAME, manual';

/** Looks checks up in the source of a tree; reads it when the first one asks. */
export function sourceChecker(root: string): Checker {
  const index = lazy(() => new SourceIndex(root));
  const routes = lazy(() => routeTable(index()));
  const metrics = lazy(() => metricNames(index()));
  const scripts = lazy(() => scriptNames(root));
  return ({ kind, target }: CheckComment): CheckOutcome => {
    switch (kind) {
      case 'route':
        return routeOutcome(root, index(), routes(), target);
      case 'metric':
        return found(metrics().has(target), `no metric ${target} in the source`);
      case 'script':
        return found(scripts().has(target), `no script ${target} in package.json`);
      case 'manual':
        return { verdict: 'manual' };
      default:
        return { verdict: 'failed', message: `unknown check "${target}"`, hint: `known checks: ${KNOWN}` };
    }
  };
}

function routeOutcome(
  root: string,
  index: SourceIndex,
  routes: ReadonlySet<string>,
  target: string,
): CheckOutcome {
  if (hasRoute(routes, target)) return { verdict: 'passed' };
  const file = mountsUntoldFolder(index);
  if (file === undefined && !mayHaveRoute(routes, target))
    return { verdict: 'failed', message: `no route ${target} in the source` };
  const why =
    file === undefined
      ? 'the source does not show below which paths it mounts its routers'
      : `${path.relative(root, file)} loads a folder that it does not name`;
  return {
    verdict: 'failed',
    message: `cannot tell whether there is a route ${target}: ${why}`,
    hint: 'prove it where it runs, with --url, or write out what is mounted',
  };
}

function found(there: boolean, message: string): CheckOutcome {
  return there ? { verdict: 'passed' } : { verdict: 'failed', message };
}

function metricNames(index: SourceIndex): Set<string> {
  return new Set(
    index.files.flatMap((file) =>
      (index.module(file)?.metrics ?? []).flatMap(({ name, within }) =>
        areCalled(index, file, within) ? [name] : [],
      ),
    ),
  );
}

function scriptNames(root: string): Set<string> {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const scripts = isRecord(manifest) && isRecord(manifest.scripts) ? manifest.scripts : {};
    return new Set(
      Object.keys(scripts).filter((name) => typeof scripts[name] === 'string' && scripts[name] !== ''),
    );
  } catch {
    return new Set();
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
