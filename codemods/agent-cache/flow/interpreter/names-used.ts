import type * as t from '@babel/types';

const used = new WeakMap<t.Node, ReadonlySet<string>>();

/** The names that stand in some code. */
export function namesUsedBy(node: t.Node): ReadonlySet<string> {
  const known = used.get(node);
  if (known) return known;
  const names = new Set<string>();
  const visit = (each: unknown): void => {
    if (Array.isArray(each)) each.forEach(visit);
    else if (typeof each === 'object' && each !== null && 'type' in each) {
      if (each.type === 'Identifier' || each.type === 'JSXIdentifier') names.add((each as t.Identifier).name);
      for (const [key, value] of Object.entries(each))
        if (key !== 'loc' && typeof value === 'object') visit(value);
    }
  };
  visit(node);
  used.set(node, names);
  return names;
}
