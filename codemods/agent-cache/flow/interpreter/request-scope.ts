import type * as t from '@babel/types';

/** Where a class says that a framework builds one for each request: `Scope.REQUEST`, `@Inject(REQUEST)`. */
export function decoratedForRequests(node: t.Node | undefined): { what: string; offset: number } | undefined {
  if (node?.type !== 'ClassDeclaration' && node?.type !== 'ClassExpression') return undefined;
  const built = node.body.body.find(
    (member) => member.type === 'ClassMethod' && member.kind === 'constructor',
  );
  const params = built?.type === 'ClassMethod' ? built.params : [];
  const decorated: t.Node[] = [node, ...params, ...node.body.body];
  for (const each of decorated) {
    const decorators = 'decorators' in each ? ((each.decorators ?? []) as t.Decorator[]) : [];
    for (const { expression } of decorators) {
      const found = requestIn(expression);
      if (found) return found;
    }
  }
  return undefined;
}

function requestIn(node: t.Node): { what: string; offset: number } | undefined {
  const offset = node.start ?? 0;
  if (node.type === 'Identifier' && node.name === 'REQUEST') return { what: 'REQUEST', offset };
  if (
    node.type === 'MemberExpression' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'REQUEST'
  )
    return { what: 'Scope.REQUEST', offset };
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc' || typeof value !== 'object' || value === null) continue;
    for (const each of Array.isArray(value) ? value : [value]) {
      const found =
        typeof each === 'object' && each !== null && 'type' in each ? requestIn(each as t.Node) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}
