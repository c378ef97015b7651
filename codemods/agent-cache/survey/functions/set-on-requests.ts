import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { FileFacts } from '../code/file-facts.ts';
import { isMember, propertyName } from '../code/members.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { looksLikeRequest } from './handlers.ts';
import { bindingOf, initBehind } from '../code/bindings.ts';

/** What code puts on a request, or on the `locals` of a response. */
interface SetOnRequest {
  name: string;
  /** It is made there and then, for that request. */
  isOwn: boolean;
}

const SETS_ON_REQUEST =
  /\b_?(?:req|request|ctx|context|c|res|response|reply|rep)\s*(?:\.\s*locals\s*)?(?:\.\s*\w+|\[\s*['"]\w+['"]\s*\])\s*(?:=[^=>]|\?\?=|\|\|=)/i;

/**
 * Whether a request may have something under a name that others have as well: `req.service = service`, and what no code
 * of the tree puts there; not `req.context = new Context()`.
 */
export function isSharedOnRequests(name: string, source: Source): boolean {
  const { project, program, path } = source;
  const all = [
    ...setOnRequests.ofProgram(program, source),
    ...setOnRequests.ofFiles(project?.filesOfAllMentioning(path, name) ?? [], source),
  ];
  const set = all.filter((each) => each.name === name);
  return set.length === 0 || set.some(({ isOwn }) => !isOwn);
}

const setOnRequests = new FileFacts<SetOnRequest>('set on requests', SETS_ON_REQUEST, (program) => {
  const found: SetOnRequest[] = [];
  program.traverse({
    AssignmentExpression(assignment) {
      const target = withoutTypes(assignment.get('left') as NodePath);
      const name = isMember(target) ? propertyName(target.node) : undefined;
      if (isMember(target) && name !== undefined && isOfRequest(target.get('object') as NodePath))
        found.push({ name, isOwn: isMadeFor(assignment.get('right')) });
    },
  });
  return found;
});

function isOfRequest(object: NodePath): boolean {
  const value = withoutTypes(object);
  if (value.isIdentifier()) return looksLikeRequest(value.node.name);
  return (
    isMember(value) && propertyName(value.node) === 'locals' && isOfRequest(value.get('object') as NodePath)
  );
}

/** Whether a value is new, or what is looked up for that request. */
function isMadeFor(value: NodePath): boolean {
  const path = withoutTypes(value);
  if (path.isIdentifier()) {
    const binding = bindingOf(path);
    const init = initBehind(binding);
    if (!binding || binding.scope.path.isProgram() || binding.kind === 'param') return false;
    return init?.node ? isMadeFor(init) : binding.kind !== 'module';
  }
  if (path.isAwaitExpression() || path.isLogicalExpression() || path.isConditionalExpression()) return true;
  if (path.isCallExpression()) return path.get('arguments').some((each) => isOfOneRequest(each));
  // What a request has is that request's, unless it has it of all.
  return (
    !isMember(path) || (isOfRequest(path.get('object') as NodePath) && propertyName(path.node) !== 'app')
  );
}

function isOfOneRequest(given: NodePath): boolean {
  let isFound = given.isIdentifier() && looksLikeRequest(given.node.name);
  given.traverse({
    Identifier({ node }) {
      if (looksLikeRequest(node.name)) isFound = true;
    },
  });
  return isFound;
}
