import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isMember, keyName } from '../../code/members.ts';
import { parameterProperty } from '../../../source/parameter-properties.ts';
import type { Outcome, Step } from './outcome.ts';
import { asList, copied, into, SOME, type Leaf, type Way } from './way.ts';

/** The names of a pattern that is given a value, and what of that they are given. */
export function patternSteps(pattern: NodePath, way: Way, leaf: Leaf): Outcome {
  if (pattern.isIdentifier()) return [{ kind: 'name', at: pattern, way }];
  if (pattern.isAssignmentPattern())
    return patternSteps(
      pattern.parentPath.isTSParameterProperty() ? pattern.parentPath : (pattern.get('left') as NodePath),
      way,
      leaf,
    );
  if (pattern.isTSParameterProperty()) return propertySteps(pattern, way);
  if (pattern.isRestElement()) return patternSteps(pattern.get('argument') as NodePath, copied(way), leaf);
  if (pattern.isArrayPattern())
    return all(
      (pattern.get('elements') as NodePath[]).filter(({ node }) => node),
      (each) => partSteps(each, SOME, asList(way), leaf),
    );
  if (pattern.isObjectPattern())
    return all(pattern.get('properties'), (each) =>
      each.isObjectProperty()
        ? partSteps(each.get('value') as NodePath, keyName(each.node), way, leaf)
        : patternSteps(each, way, leaf),
    );
  // `[kept.settings] = [settings]`
  return isMember(pattern) ? 'untold' : [];
}

function partSteps(part: NodePath, name: string | undefined, way: Way, leaf: Leaf): Outcome {
  if (part.isRestElement()) return patternSteps(part, way, leaf);
  const inner = into(way, name, leaf);
  return inner ? patternSteps(part, inner, leaf) : [];
}

/** `constructor(private readonly settings)`: a name, and a member of the instances. */
function propertySteps(property: NodePath<t.TSParameterProperty>, way: Way): Outcome {
  const declared = parameterProperty(property);
  const owner = property.findParent((each) => each.isClass());
  if (!declared || !owner?.isClass()) return 'untold';
  const uses = declared.uses.map((at): Step => ({ kind: 'value', at, way }));
  return [...uses, { kind: 'field', owner, name: declared.name, way }];
}

/** What several parts lead to. */
export function all<Part>(parts: readonly Part[], stepsOfPart: (part: Part) => Outcome): Outcome {
  const found: Step[] = [];
  for (const part of parts) {
    const steps = stepsOfPart(part);
    if (typeof steps === 'string') return steps;
    found.push(...steps);
  }
  return found;
}
