#!/usr/bin/env bash
# A formatter can break a program's type check: prettier 3.10.1 and @biomejs/biome 2.5.15 break the line below a
# `// @ts-expect-error` into several, and typescript 6.0.3 applies the directive to the first of them alone.
# Seen: the program checks before it is formatted; after it, tsc reports the directive as unused (TS2578), and the
# error that it silenced (TS2554) on a line further down. Both formatters; neither warns, both exit with 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --save-exact prettier@3.10.1 @biomejs/biome@2.5.15 typescript@6.0.3

cat > program.ts <<'TS'
declare const shop: { orders: { find(id: string): Promise<string> } };
export async function list(request: { params: { id: string }; query: { all: string } }) {
  // @ts-expect-error the types know no second argument
  const rows = await (await Promise.resolve(shop.orders)).find(request.params.id, request.query.all);
  return rows;
}
TS
check() { npx tsc --noEmit --strict --skipLibCheck --module nodenext --target es2022 "$1" || true; }

fail=0
expect() { # name, what was seen, what is expected
  printf '%s: %s\n' "$1" "${2:-no error}"
  [ "$2" = "$3" ] || { printf '  expected: %s\n' "${3:-no error}"; fail=1; }
}
codes() { check "$1" | grep -o 'TS[0-9]*' | sort | tr '\n' ' ' | sed 's/ $//'; }

expect 'as it was written' "$(codes program.ts)" ''
cp program.ts by-prettier.ts
npx prettier --log-level warn --write by-prettier.ts
expect 'as Prettier wrote it' "$(codes by-prettier.ts)" 'TS2554 TS2578'
cp program.ts by-biome.ts
npx biome format --write by-biome.ts >/dev/null 2>&1
expect 'as Biome wrote it' "$(codes by-biome.ts)" 'TS2554 TS2578'
exit $fail
