import type { NodePath } from '@babel/traverse';
import type { Project } from '../../project.ts';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { isMember } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { requiredModule } from '../../survey/code/required-module.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { nameOf } from './deeds.ts';
import { programOf } from './reading-of.ts';
import { isDoneInRequests } from './set-in-requests.ts';

/** Packages that fill the environment: dotenv, dotenv-flow, env-cmd. */
const ENVIRONMENT = /(^|[/@-])(dot)?envx?([/-]|$)/;
/** What of them only reads. */
const READS =
  /^(parse|get|has|require|optional|from|cleanEnv|validate\w*|make[A-Z]\w*|str|num|bool|url|port|json|host|email|is[A-Z]\w*|as[A-Z]\w*|default|list\w*)$/;
const MENTIONS = ['dotenv', 'dotenvx', 'env', 'loadEnvFile'];
const FILLS = /\bloadEnvFile\b|['"][^'"\s]*\b(?:dot)?envx?\b[^'"\s]*['"]/;
/** How many names may stand for a value. */
const MAX_NAMES = 4;

const known = new OncePerProject<boolean>();

/**
 * Whether requests fill the environment with what only they say: `dotenv.config({ path: req.query.file })`. What is
 * filled from the same file each time is what it was.
 */
export function isEnvironmentFilled(file: string, agentClass: string, project: Project): boolean {
  const place = `${project.packageRootOf(file) ?? file}\n${agentClass}`;
  return known.of(project, place, () => {
    const files = new Set([file, ...MENTIONS.flatMap((word) => project.filesOfAllMentioning(file, word))]);
    return [...files].some(
      (each) => FILLS.test(project.read(each) ?? '') && fillsIn(each, agentClass, project),
    );
  });
}

function fillsIn(file: string, agentClass: string, project: Project): boolean {
  let does = false;
  const asked = { file, agentClass, own: new Set<string>() };
  programOf(file, project)?.traverse({
    CallExpression(call) {
      const given = call.get('arguments') as NodePath[];
      const isOfCall = given.some((each) => goesByCall(each, MAX_NAMES));
      if (!isOfCall || !fills(call.get('callee') as NodePath)) return;
      does ||= isDoneInRequests(call.node.start ?? 0, asked, project) !== false;
    },
  });
  return does;
}

function fills(callee: NodePath): boolean {
  const module = moduleOf(callee);
  if (module === undefined) return false;
  const binding = bindingOf(withoutTypes(callee));
  const taken = binding && loadedBy(binding)?.name;
  const name = taken === undefined || /^(\*|default)$/.test(taken) ? nameOf(withoutTypes(callee)) : taken;
  return /^(node:)?process$/.test(module)
    ? name === 'loadEnvFile'
    : ENVIRONMENT.test(module) && !READS.test(name);
}

/** The module that a function is of, however that is loaded. */
function moduleOf(path: NodePath): string | undefined {
  const value = withoutTypes(path);
  if (value.isAwaitExpression()) return moduleOf(value.get('argument'));
  if (isMember(value)) return moduleOf(value.get('object') as NodePath);
  if (value.isCallExpression()) {
    const {
      callee,
      arguments: [module],
    } = value.node;
    if (callee.type === 'Import') return module?.type === 'StringLiteral' ? module.value : undefined;
    return requiredModule(value.node)?.module.value ?? moduleOf(value.get('callee') as NodePath);
  }
  const binding = bindingOf(value);
  if (!binding) return value.isIdentifier({ name: 'process' }) ? 'process' : undefined;
  return loadedBy(binding)?.specifier;
}

/** Whether a value goes by what the function around is called with, or by what changes. */
function goesByCall(value: NodePath, names: number): boolean {
  const used: NodePath[] = value.isIdentifier() ? [value] : [];
  value.traverse({ ReferencedIdentifier: (each: NodePath) => void used.push(each) });
  return used.some((each) => {
    const binding = bindingOf(each);
    if (!binding) return each.isIdentifier({ name: 'arguments' });
    if (binding.kind === 'param' || !binding.constant) return true;
    const init = binding.scope.path.isProgram() ? undefined : constantBehind(binding);
    return init !== undefined && names > 0 && goesByCall(init as NodePath, names - 1);
  });
}
