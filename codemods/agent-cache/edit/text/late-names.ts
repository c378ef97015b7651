import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentBinding, LateConstruction, Migration, Source, Surveyed } from '../../migration.ts';
import { keyedGetter } from '../../options.ts';
import { rangeOf, semicolonOf, textOf } from '../../source/edit.ts';
import { cacheSpecifier } from '../../survey/modules/cache-specifier.ts';
import { importExample } from '../../survey/modules/import-example.ts';
import { importStatement } from './import-text.ts';

/**
 * The expression for an export of the cache module at a place whose class is loaded in its function: the cache module is
 * loaded there in its stead. Undefined where the top of the file is the place for that.
 */
export function lateExport(
  migration: Migration,
  exported: string,
  place: NodePath,
  freeName: () => string,
): string | undefined {
  const statement = lateStatementAt(place, migration);
  // What the top of the file imports already would be hidden by a name of the function's own.
  if (statement && isUsedAtTop(exported, migration)) return undefined;
  if (statement) {
    const names = migration.lateNames.get(statement.statement.node) ?? new Map<string, string>();
    const name = names.get(exported) ?? freeName();
    migration.lateNames.set(statement.statement.node, names.set(exported, name));
    return name;
  }
  const inline = migration.lateConstructions.find(({ construction }) =>
    construction.find((each) => each.node === place.node),
  );
  const load = inline ?? (importExample(migration) ? undefined : migration.lateConstructions[0]);
  return load && `${loadText(load, exported, migration)}.${exported}`;
}

/** The statement that loads what the new code uses in the place of the class; undefined where it uses nothing. */
export function lateStatement(migration: Migration, agent: AgentBinding): string | undefined {
  const names = agent.isLate && migration.lateNames.get(agent.statement.node);
  const [exported] = names ? names.keys() : [];
  if (!names || exported === undefined) return undefined;
  const text = textOf(migration, agent.statement.node);
  const statement = importStatement(names, quoted(agent.module, exported, migration), 'require');
  const loaded = /=\s*\(*\s*await\b/.test(text)
    ? statement.replace(' = require(', ' = await import(')
    : statement;
  return loaded + semicolonOf(migration, agent.statement.node);
}

function lateStatementAt(place: NodePath, { agentBindings }: Surveyed): AgentBinding | undefined {
  return agentBindings.find((each) => each.isLate && isInScope(each.statement, place));
}

/** Whether a construction of a class that the top of the file imports is rewritten to an export of the cache module. */
function isUsedAtTop(exported: string, migration: Migration): boolean {
  const { sites, lateConstructions, options } = migration;
  return sites.some(({ kind, plan, expression, keyed = false }) => {
    const isRewired = kind === 'construction' && plan !== undefined && plan.form !== 'manual';
    const isLate = lateConstructions.some(({ construction }) => construction.node === expression.node);
    const isOther = keyed !== (exported === keyedGetter(options));
    return isRewired && !isLate && !isOther && !lateStatementAt(expression, migration);
  });
}

/** Whether what a statement declares can be used at a place. */
function isInScope({ node, container, key }: NodePath, place: NodePath): boolean {
  const around = place.find((each) => each.container === container && each.node !== node);
  return around !== null && Number(around.key) > Number(key);
}

/** `require('…')`, or `(await import('…'))`, of the cache module. */
function loadText({ load, module }: LateConstruction, exported: string, source: Source): string {
  const text = textOf(source, load.node);
  const { start } = rangeOf(load.node);
  const loaded =
    text.slice(0, rangeOf(module).start - start) +
    quoted(module, exported, source) +
    text.slice(rangeOf(module).end - start);
  return load.isAwaitExpression() ? `(${loaded})` : loaded;
}

function quoted(module: t.StringLiteral, exported: string, source: Source): string {
  const quote = textOf(source, module).slice(0, 1);
  return `${quote}${cacheSpecifier(module.value, source, exported) ?? ''}${quote}`;
}
