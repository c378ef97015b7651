/** A rule of the codemod that is switched off, and a tree that shows it. */
export interface RuleMutant {
  /** The obligation that is not asked for any more. */
  name: string;
  /** Below codemods/agent-cache. */
  file: string;
  find: string;
  replace: string;
  /** The behaviour tree in which a place is then rewritten that has to be left, or the other way round. */
  tree: string;
}

const judging = 'flow/interpreter/judge-runs.ts';
const KEEPING = 'methods that keep what they are given';
const CURSORS = 'agents that are cursors or builders';
const HARMLESS = 'methods that look as if they kept something';

/** The obligations of obligations two and three, each switched off by one replacement. */
export const STATE_MUTANTS: readonly RuleMutant[] = [
  {
    name: 'what a method keeps of its argument is not asked for',
    file: judging,
    find: 'const finding = keepsIn(run, runs, read) ??',
    replace: 'const finding =',
    tree: KEEPING,
  },
  {
    name: 'a function that is given for `this` is not followed',
    file: 'flow/interpreter/collections.ts',
    find: "const self = name.startsWith('reduce') ? NOTHING : initial;",
    replace: 'const self = NOTHING;',
    tree: KEEPING,
  },
  {
    name: 'what calls leave of their own is not asked for',
    file: judging,
    find: "cell.region === 'instance' && !isMemo(cell)",
    replace: "cell.region === 'call' && !isMemo(cell)",
    tree: CURSORS,
  },
  {
    name: 'methods that read what others write are not asked for',
    file: judging,
    find: 'const met = firstMet(run, open);',
    replace: 'const met = firstMet(run, []);',
    tree: CURSORS,
  },
  {
    name: 'a flag that is set while a call goes on is taken for a memo',
    file: judging,
    find: ' && !byRun.some((each) => isLock(each.get(key) ?? []))',
    replace: '',
    tree: CURSORS,
  },
  {
    name: 'fields that show what calls wrote are read',
    file: judging,
    find: 'if (write) fields.set(name, placeOf(write));',
    replace: '',
    tree: CURSORS,
  },
  {
    name: 'a memo of its own is taken for state',
    file: judging,
    find: 'isGuardedBy(key, guards) || guards.some(',
    replace: 'guards.length > 99 && guards.some(',
    tree: HARMLESS,
  },
  {
    name: 'a pool is taken for state',
    file: judging,
    find: 'isPool(all, readsBeside, runs)',
    replace: 'false',
    tree: HARMLESS,
  },
  {
    name: 'what the constructor reads is not asked for',
    file: 'judge/rules/construction-problem.ts',
    find: 'const { ambient } = constructing;',
    replace: 'const ambient = constructing.settings;',
    tree: 'a constructor that reads what differs by request',
  },
  {
    name: 'what handlers set is not looked for',
    file: 'flow/interpreter/judge-construction.ts',
    find: '  const { label } = owner;\n',
    replace: "  const label = '';\n",
    tree: 'a constructor that reads what handlers set',
  },
  {
    name: 'a stream is taken for any other class',
    file: 'judge/rules/construction-problem.ts',
    find: 'if (ONCE.test(base))',
    replace: "if (ONCE.test(''))",
    tree: 'agents that can be used once, or are closed by a loop',
  },
  {
    name: 'a loop that disposes of its agents is taken for any other',
    file: 'flow/fates/flow-into-containers.ts',
    find: '/using/i.test(left.node.kind)',
    replace: '/nothing/.test(left.node.kind)',
    tree: 'agents that a loop disposes of',
  },
  {
    name: 'a name that is only another one is taken for a variable of its own',
    file: 'survey/code/shared-state.ts',
    find: 'const origin = binding && isPart ? originOf(binding) : undefined;',
    replace: 'const origin = binding && isPart ? originOf(binding, 0) : undefined;',
    tree: 'what a request sets and its agent reads under other names',
  },
  {
    name: 'what is set in calls is not followed',
    file: 'survey/functions/reached-state.ts',
    find: 'isFollowed ? this.#leadsIn(fn)',
    replace: 'depth.calls > 9 ? this.#leadsIn(fn)',
    tree: 'what a request has set for its agent by calls',
  },
  {
    name: 'what each request sets alike is taken for its own',
    file: 'flow/failures/set-by-requests.ts',
    find: 'isShared(each) && isSameState(read, each) && !isSetAlike(each, source)',
    replace: 'isShared(each) && isSameState(read, each) && !!source',
    tree: 'what a request has set for its agent by calls',
  },
  {
    name: 'what callers set is not asked for',
    file: 'flow/failures/set-by-requests.ts',
    find: 'return setByCallers(read, fn, source, new Set()) ??',
    replace: 'return undefined ??',
    tree: 'what callers and middleware of other files set for an agent',
  },
  {
    name: 'what middleware sets is not asked for',
    file: 'flow/failures/set-by-requests.ts',
    find: '?? setByMiddleware(read, fn, source)',
    replace: '?? (fn.node ? undefined : setByMiddleware(read, fn, source))',
    tree: 'what callers and middleware of other files set for an agent',
  },
  {
    name: 'what middleware sets of the app is not asked of other files',
    file: 'flow/failures/set-by-requests.ts',
    find: '...(project?.filesMentioning(source.path, word) ?? [])',
    replace: '',
    tree: 'what middleware sets of the app and of what is global for an agent of another file',
  },
  {
    name: 'what several functions set each in its own way is taken for set alike',
    file: 'survey/functions/set-alike.ts',
    find: 'return writesOf(write, source).every((at)',
    replace: "return writesOf({ ...write, root: '' }, source).every((at)",
    tree: 'what middleware and handlers set for an agent as a whole, in part or by another name',
  },
  {
    name: 'listeners are not followed from their event',
    file: 'survey/functions/called-by.ts',
    find: "name === 'emit'",
    replace: "name === 'never'",
    tree: 'what a request sets for its agent by listeners, bound functions and callbacks',
  },
  {
    name: 'listeners of other files are not looked for',
    file: 'survey/functions/listeners.ts',
    find: 'isMet(each.event) && isSame(each.bus, kept)',
    replace:
      'isMet(each.event) && each.bus.declared === kept.declared && each.listener.scope.hasBinding("FacebookAdsAgent")',
    tree: 'what listeners of another file set for a request',
  },
  {
    name: 'what is emptied again is taken for a memo',
    file: 'survey/functions/set-alike.ts',
    find: 'return writesOf(write, source).every(isMemo);',
    replace: 'return true;',
    tree: 'what a request sets where nothing is yet, and empties again',
  },
  {
    name: 'what is kept under a key is taken for what all set',
    file: 'survey/functions/set-alike.ts',
    find: 'if (!assignment) return isKeyedMemo(at);',
    replace: 'if (!assignment) return false;',
    tree: 'what a request keeps under a key',
  },
  {
    name: 'a key that was made once is taken for one of each request',
    file: 'survey/functions/unique-key.ts',
    find: 'return maker !== null && around?.node === maker.node;',
    replace: 'return maker !== null && around !== null;',
    tree: 'what a request keeps under a key',
  },
  {
    name: 'what the class keeps in another module is not asked for',
    file: judging,
    find: 'read.some((each) => each.cell.key === cell.key)',
    replace: 'false',
    tree: 'agents that keep what they are given in another module',
  },
  {
    name: 'a call that gives an object on is taken for another object',
    file: 'survey/functions/shared-behind.ts',
    find: 'if (!call?.isCallExpression() || calls === 0) return value;',
    replace: 'if (!call?.isCallExpression() || calls < 99) return value;',
    tree: 'services that keep what their agent reads for one request',
  },
  {
    name: 'what middleware sets of what a caller has is not asked for',
    file: 'flow/failures/set-by-requests.ts',
    find: '?? setByMiddleware(kept, caller, source)',
    replace: '?? undefined',
    tree: 'services on which middleware sets what their agent reads',
  },
  {
    name: 'what a function was given is taken for where that was kept',
    file: 'survey/functions/own-uses.ts',
    find: "return root.startsWith('param') && parts.length === 0",
    replace: "return root === 'nothing' && parts.length === 0",
    tree: 'agents that keep what they are given in another module',
  },
  {
    name: 'what is set on a given object is taken for its function',
    file: 'flow/failures/set-by-requests.ts',
    find: 'if (!isNew(kept, fn, seen, source)) return false;',
    replace: 'if (isNew(kept, fn, seen, source)) return false;',
    tree: 'services that keep what their agent reads for one request',
  },
  {
    name: 'what is called by its name alone is not looked for',
    file: 'survey/functions/receivers.ts',
    find: 'return owner === undefined && isUnseen(object, source)',
    replace: 'return owner === undefined && source.path === object.type',
    tree: 'services that a file gets without naming their class',
  },
  {
    name: 'a call around the place is taken for one before it',
    file: 'judge/plans/state-order.ts',
    find: 'start > from ||',
    replace: 'start > from || start < 0 &&',
    tree: 'agents that keep what they are given in another module',
  },
  {
    name: 'an object of one call is taken for that of all',
    file: 'survey/functions/reached-state.ts',
    find: "found.some(({ root }) => root === 'this') && isInstanceOfOneCall(fn, source)",
    replace: "found.some(({ root }) => root === 'nothing') && isInstanceOfOneCall(fn, source)",
    tree: 'what looks as if a request set it for its agent',
  },
  {
    name: 'what a test has shown is taken for shown of anything',
    file: 'survey/code/shown-by-tests.ts',
    find: 'const isEqual = operator.startsWith',
    replace: 'const isEqual = operator === operator || operator.startsWith',
    tree: 'calls that are given what can fail and looks as if it could not',
  },
  {
    name: 'methods by names that every list has are not looked at',
    file: 'survey/functions/reached-state.ts',
    find: '(isPlain && !changesItsObject(called, this.#source))',
    replace: 'isPlain',
    tree: 'what a service is told by methods that every list has',
  },
  {
    name: 'calls that may set an object which no code shows are not looked at',
    file: 'survey/functions/own-uses.ts',
    find: '...callsThatMaySet(fn, source).flatMap(',
    replace: '...callsThatMaySet(fn, source).slice(99).flatMap(',
    tree: 'what a request leaves in objects of packages, by tags, bases and callbacks of promises',
  },
  {
    name: 'tags and callbacks of promises are not followed',
    file: 'survey/functions/reached-state.ts',
    find: 'isFollowed ? this.#besideCalls(fn, depth)',
    replace: 'depth.calls > 99 ? this.#besideCalls(fn, depth)',
    tree: 'what a request leaves in objects of packages, by tags, bases and callbacks of promises',
  },
  {
    name: 'handlers that go on to others are taken for such as only fail',
    file: 'survey/functions/ends-requests.ts',
    find: ' || !onlyFails(fn, next.name)',
    replace: '',
    tree: 'what handlers set that go on for some',
  },
  {
    name: 'handlers that answer or fail are taken for such as go on',
    file: 'survey/functions/ends-requests.ts',
    find: 'if (!isHandler(fn)) return false;',
    replace: 'if (fn.node) return false;',
    tree: 'what handlers set that answer or fail, and never go on',
  },
  {
    name: 'what calls beside the first are given is not asked for',
    file: 'judge/plans/argument-order.ts',
    find: '[first, ...startedWith(first, all, fn)]',
    replace: '[first]',
    tree: 'code that fails in what calls beside the first are given',
  },
  {
    name: 'what leaves the function while the first call is under way is not asked for',
    file: 'judge/plans/argument-order.ts',
    find: 'const exit = exitBehind(first, fn, migration);',
    replace: 'const exit = exitBehind(first, fn, migration) && undefined;',
    tree: 'code that fails in what calls beside the first are given',
  },
  {
    name: 'what the code does that an agent gets into is not run',
    file: 'judge/judge-sites.ts',
    find: "planned.form === 'manual' ? undefined : changedByUsers",
    replace: 'planned.form === planned.form ? undefined : changedByUsers',
    tree: 'agents that are changed by ways that only a run tells',
  },
  {
    name: 'what is thrown at once in callbacks of lists is taken for a rejection',
    file: 'judge/promotion/met-otherwise.ts',
    find: 'if (isListOfResults(call)) return handledAt(call, source, seen);',
    replace: 'if (isListOfResults(call)) return undefined;',
    tree: 'failures at once of callbacks whose promises somebody handles',
  },
  {
    name: 'what namespaces of one name export is not shared',
    file: 'source/namespaces.ts',
    find: 'const shared = shareExports(declared);',
    replace: 'const shared = shareExports(declared.slice(99));',
    tree: 'what a request sets in namespaces of one name, or by another name',
  },
  {
    name: 'another name of a namespace is taken for nothing',
    file: 'source/namespaces.ts',
    find: 'if (!path.isTSImportEqualsDeclaration()) return undefined;',
    replace: 'if (path.node) return undefined;',
    tree: 'what a request sets in namespaces of one name, or by another name',
  },
];
