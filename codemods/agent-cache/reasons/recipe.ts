import { type CodemodOptions, DEFAULT_OPTIONS } from '../options.ts';
import type { ReasonId } from './reason.ts';
import { REASONS } from './table.ts';

/** The getter by its name alone. */
const OWN_GETTER = new RegExp(`\\b${DEFAULT_OPTIONS.factory}\\b`, 'g');

/** How a person does what a hint says, in Markdown, with the class and the getter of the tree in its examples. */
export function recipeOf(
  id: ReasonId,
  {
    agentClass,
    factory,
    builtBy = 'new',
    keyed = false,
  }: Pick<CodemodOptions, 'agentClass' | 'factory' | 'builtBy' | 'keyed'>,
): string {
  const built =
    builtBy === 'new'
      ? `new ${agentClass}`
      : builtBy === 'function'
        ? agentClass
        : `${agentClass}.${builtBy}`;
  return REASONS[id].recipe
    .replaceAll(`new ${DEFAULT_OPTIONS.agentClass}`, built)
    .replaceAll(DEFAULT_OPTIONS.agentClass, agentClass)
    .replaceAll(`${DEFAULT_OPTIONS.factory}()`, keyed ? `${factory}For(…)` : `${factory}()`)
    .replaceAll(OWN_GETTER, keyed ? `${factory}For` : factory);
}
