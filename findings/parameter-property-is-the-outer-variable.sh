#!/usr/bin/env bash
# To the scopes of @babel/traverse 7.29.14 a parameter property of TypeScript (`constructor(private readonly config)`)
# declares no name: where the constructor uses it, the binding is that of a variable around the class, if one goes by the
# same name, and none at all otherwise. A parameter without a modifier, and one with a default, have theirs. So a codemod
# that asks the scope counts a write to what the constructor was given as one to the module's own constant, follows the
# wrong value, and renames the wrong one. @typescript-eslint/scope-manager 8.74.0 takes it for a parameter.
# Seen: plain: param; property, readonly property and property with a default: the module's const.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --save-exact @babel/parser@7.29.14 @babel/traverse@7.29.14 \
  @typescript-eslint/parser@8.74.0 @typescript-eslint/scope-manager@8.74.0 typescript@6.0.3

cat > scopes.cjs <<'JS'
const { parse } = require('@babel/parser');
const traverse = require('@babel/traverse').default;
const { parseForESLint } = require('@typescript-eslint/parser');

const parameters = {
  plain: 'config: Config',
  'plain with a default': 'config: Config = fallback',
  property: 'private config: Config',
  'readonly property': 'readonly config: Config',
  'property with a default': 'private config: Config = fallback',
};
for (const [name, parameter] of Object.entries(parameters)) {
  const code = `const config = { port: 1 };\nclass Server { constructor(${parameter}) { config.port = 2; } }`;
  traverse(parse(code, { sourceType: 'module', plugins: ['typescript'] }), {
    AssignmentExpression({ scope }) {
      const binding = scope.getBinding('config');
      const place = binding?.scope.path.isProgram() ? "the module's" : "the constructor's";
      const { scopeManager } = parseForESLint(code, { sourceType: 'module' });
      const inner = scopeManager.scopes.find(({ type }) => type === 'function');
      const defs = inner?.set.get('config')?.defs.map(({ type }) => type).join() ?? 'none';
      console.log(`${name}: ${place} ${binding?.kind}; scope-manager: ${defs}`);
    },
  });
}
JS
node scopes.cjs | tee seen
diff seen - <<'SEEN'
plain: the constructor's param; scope-manager: Parameter
plain with a default: the constructor's param; scope-manager: Parameter
property: the module's const; scope-manager: Parameter
readonly property: the module's const; scope-manager: Parameter
property with a default: the module's const; scope-manager: Parameter
SEEN
