#!/usr/bin/env bash
# To the scopes of @babel/traverse 7.29.14 a TypeScript enum or namespace declares no name, though both are values at run
# time: a program that says `enum Mode { … }` and uses `Mode` has no binding of that name, and lists it among its globals.
# Classes, functions, `import x = require()` and `declare const` have theirs. So a codemod that takes what has no binding
# for a global of the platform takes a tree's own enums and namespaces for one, and what they keep is seen by nobody.
# @typescript-eslint/scope-manager 8.74.0 gives all of them variables.
# Seen: class let, function hoisted, import-equals unknown, declared const; enum, const enum and namespace: none, global.
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

const programs = {
  class: 'class Mode { static fast = 1 }\nMode.fast;',
  function: 'function Mode() {}\nMode.fast = 1;',
  'import-equals': 'import Mode = require("mode");\nMode.fast;',
  declared: 'declare const Mode: { fast: 1 };\nMode.fast;',
  enum: 'enum Mode { fast }\nMode.fast;',
  'const enum': 'const enum Mode { fast }\nMode.fast;',
  namespace: 'namespace Mode { export const fast = 1 }\nMode.fast;',
};
for (const [name, code] of Object.entries(programs)) {
  traverse(parse(code, { sourceType: 'module', plugins: ['typescript'] }), {
    Program({ scope }) {
      const ofBabel = scope.getBinding('Mode')?.kind ?? 'none';
      const isGlobal = 'Mode' in scope.globals ? ', global' : '';
      const { scopeManager } = parseForESLint(code, { sourceType: 'module' });
      const isVariable = scopeManager.scopes.some(({ set }) => set.get('Mode')?.defs.length > 0);
      console.log(`${name}: ${ofBabel}${isGlobal}; scope-manager: ${isVariable ? 'a variable' : 'none'}`);
    },
  });
}
JS
node scopes.cjs | tee seen
diff seen - <<'SEEN'
class: let; scope-manager: a variable
function: hoisted; scope-manager: a variable
import-equals: unknown; scope-manager: a variable
declared: const; scope-manager: a variable
enum: none, global; scope-manager: a variable
const enum: none, global; scope-manager: a variable
namespace: none, global; scope-manager: a variable
SEEN
