import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type MagicString from 'magic-string';
import type { Assumption, CodemodOptions } from './options.ts';
import type { Project } from './project.ts';
import type { Reason } from './reasons/reason.ts';
import type { Note, Occurrence, OccurrenceKind } from './result.ts';
import type { Names } from './source/names.ts';
import type { TextStyle } from './source/text-style.ts';

/** A file as it is written: nothing changes it. */
export interface Source {
  readonly path: string;
  /** The text that is analysed and edited: the file without its byte order mark. */
  readonly text: string;
  readonly options: CodemodOptions;
  readonly project: Project | undefined;
  readonly program: NodePath<t.Program>;
  readonly style: TextStyle;
  readonly isTask: boolean;
  /** The names that the file declares and the types that it names; found by a walk at the first call. */
  readonly names: () => Names;
}

/** As much of a file as it takes to look up what its code says of a value, there and in other files. */
export type Reading = Pick<Source, 'path' | 'text' | 'project' | 'program'>;

/** What a file has, as the survey finds it. */
export interface Surveyed extends Source {
  /** The names under which the file knows the agent's class. */
  readonly agentBindings: AgentBinding[];
  /** Every `new` of the agent's class, in the order of the text. */
  readonly constructions: NodePath<t.NewExpression | t.CallExpression>[];
  /** Those of a class that has no name in the file, since it is loaded where it is built. */
  readonly lateConstructions: LateConstruction[];
  readonly factories: Factory[];
  readonly remoteFactories: RemoteFactory[];
  readonly factoryValues: FactoryValue[];
  /** Imports of factories that the new code still calls. */
  readonly keptImports: Set<Binding>;
}

/** What becomes of its places, as the judges find it. */
export interface Judged extends Surveyed {
  readonly sites: Site[];
  readonly occurrences: Occurrence[];
  /** What is worth a look in a file that was rewritten. */
  readonly notes: Note[];
  /** The files that have to be written before this one: they call factories that will give promises. */
  readonly dependsOn: Set<string>;
  /** The files that have to be written with this one: it calls factories of theirs that will give promises. */
  readonly restsOn: Set<string>;
  /** What a person vouches for that a question of the place at hand was answered by. */
  readonly assumed: Set<Assumption>;
}

/** A file while it is edited. */
export interface Migration extends Judged {
  readonly edits: MagicString;
  /** Nodes that the edits took away; what they refer to is no longer used. */
  readonly removedNodes: Set<t.Node>;
  /** Nodes in removed ones whose text the edits put back, with what it refers to. */
  readonly keptNodes: Set<t.Node>;
  /** What the edits removed as whole lines, in the order in which they did. */
  readonly removedLines: { from: number; to: number }[];
  /** Functions that the edits made async. */
  readonly promoted: Set<t.Node>;
  /** Handlers of Express 4 that give their errors to `next` once they are async. */
  readonly passing: Set<t.Function>;
  /** Calls that the edits await, of functions that they made async. */
  readonly awaitedCalls: Set<t.Node>;
  /** Providers that the edits declare, each before a statement. */
  readonly providers: { name: string; before: NodePath<t.Statement> }[];
  /** The constants that the edits declare of what calls are given, each before a statement. */
  readonly readAhead: { name: string; before: NodePath<t.Statement> }[];
  /** Bindings of the class that generated code names as a type. */
  readonly keptTypes: Set<AgentBinding>;
  /** Imports that only removed factories used. */
  readonly orphans: AgentBinding[];
  /** Exports of the cache module that the new code uses and the file does not import yet, with their local names. */
  readonly cacheNames: Map<string, string>;
  /** Those that a declaration in a function loads in the place of the class, by its statement. */
  readonly lateNames: Map<t.Node, Map<string, string>>;
}

/** One step of the migration. Passes share nothing but the state. */
export type Pass = (migration: Migration) => void;

/** Why a place is left. */
export type Problem = Reason;

/** One name that an import or `require` gives to the agent's class, or to a namespace that holds it. */
export interface AgentBinding {
  binding: Binding;
  /** `class`: the name is the class; `namespace`: the class is a property of the name. */
  holds: 'class' | 'namespace';
  /** The whole import or `require` statement. */
  statement: NodePath<t.ImportDeclaration | t.VariableDeclaration | t.TSImportEqualsDeclaration>;
  /** The module as it is written. */
  module: t.StringLiteral;
  typeOnly: boolean;
  /** It is a constant of the file that is only another name: `const Api = sdk.FacebookAdsAgent`. */
  isAlias?: true;
  /** It is loaded in a function, when that runs: `const { FacebookAdsAgent } = require('…')`. */
  isLate?: true;
  /** Where the namespace has the class, as paths of property names. */
  classPaths?: readonly string[];
}

/** A construction of what is loaded right there: `new (require('…').FacebookAdsAgent)()`. */
export interface LateConstruction {
  construction: NodePath<t.NewExpression | t.CallExpression>;
  /** The `require` or the `await import`. */
  load: NodePath;
  module: t.StringLiteral;
}

/** A local function that builds an agent and returns it, and does nothing else. */
export interface Factory {
  /** Its name in the file; for a function without one, that of its export. */
  name: string;
  /** Where the file uses its name. */
  references: readonly NodePath[];
  fn: NodePath<
    | t.FunctionDeclaration
    | t.FunctionExpression
    | t.ArrowFunctionExpression
    | t.ObjectMethod
    | t.ClassMethod
    | t.ClassPrivateMethod
  >;
  /** What it is a member of, for a method or a function in a field or a property. */
  member?: FactoryMember;
  /** What builds the agent inside: a construction, or a call of another factory. */
  source: NodePath<t.NewExpression | t.CallExpression>;
  /** The `catch` that maps a failure, when there is one. */
  guard: NodePath<t.CatchClause> | undefined;
  /** Of a function that only gives on what another factory gives, and which stays: whether that maps its failure. */
  over: { mapsFailure: boolean } | undefined;
  async: boolean;
  /** Where it keeps its agent itself, for all of its calls. */
  memo?: Memo;
  /** It would fail for an argument that has no properties, which it then has to be given still. */
  takesApart: boolean;
  exported: boolean;
  /** Where it is given to what awaits the agent that it gives. */
  passed: readonly NodePath[];
  /** `remove`: every use was rewired; `wrap`: it stays, and awaits the cached agent; `reexport`: the
   * cache's own function is exported under its name; `keep`: it stays as it is. */
  fate: 'remove' | 'reexport' | 'wrap' | 'keep';
}

/** Where a function keeps the one agent that it builds, which nothing else reads or sets. */
export interface Memo {
  declared: NodePath<t.VariableDeclarator | t.ClassProperty | t.ClassPrivateProperty>;
  /** The statements, or the expression, that build the agent at the first call, keep it and give it. */
  code: readonly NodePath[];
  /** The function does nothing else, and asks nothing. */
  isPlain: boolean;
  /** The lines of a log among that. */
  told: readonly NodePath[];
  /** What the function gives, of that. */
  given: NodePath;
  /** The `catch` around the code, which maps a failure. */
  guard: NodePath<t.CatchClause> | undefined;
}

/** Where a factory stands that is a member of a class or of an object. */
export interface FactoryMember {
  /** The method, the field or the property. */
  path: NodePath;
  owner: NodePath<t.Class | t.ObjectExpression>;
  /** The name of the class or the object. */
  binding: Binding | undefined;
  /** The paths by which other files can reach it. */
  exportPaths: readonly string[];
  /** It can go when its calls are rewritten: no other code could miss it. */
  removable: boolean;
}

/** A factory as other files see it. */
export interface ExportedFactory {
  /** The file that declares it. */
  file: string;
  /** Its name there. */
  declared: string;
  /** It gives a promise, or will once its own file is migrated. */
  async: boolean;
  /** Its importers have to go on calling it: for the failure that it maps, or for what else it is. */
  guarded: boolean;
  /** It would fail for an argument that has no properties. */
  takesApart: boolean;
  /** It maps the failure to get an agent. */
  mapsFailure: boolean;
  /** It gives the cached agent already. */
  cached: boolean;
  /** Its calls get one agent, and may get another one only all together. */
  keeps: boolean;
}

/** A factory that the file imports from another. */
export interface RemoteFactory {
  /** The name that the file has for it; its import goes when nothing uses it any more. */
  import: AgentBinding;
  exported: ExportedFactory;
  /** The calls that have to be rewritten. */
  calls: NodePath<t.CallExpression>[];
  /** Where it is given to what calls it with an argument, which the cache's own function must not be given. */
  passed: NodePath[];
}

/** A place that uses another file's factory in a way that cannot be rewritten. */
export interface FactoryValue {
  exported: ExportedFactory;
  reference: NodePath;
}

/** A place that gets an agent. */
export interface Site {
  kind: OccurrenceKind;
  expression: NodePath<t.NewExpression | t.CallExpression>;
  factory: Factory | undefined;
  remote: RemoteFactory | undefined;
  /** It takes the entry of its arguments, which stay. */
  keyed?: boolean;
  /** How the place is rewritten; undefined until judged. */
  plan: Plan | undefined;
  /** What that rests on, of what a person vouches for. */
  assumptions?: readonly Assumption[];
}

/** How a place is rewritten. `promote` is the function that has to become async for it. */
export type Plan =
  | { form: 'manual'; problem: Problem }
  /** `await getFacebookAgent()` in place of the expression. */
  | { form: 'await'; promote?: NodePath<t.Function>; awaits?: AwaitedCall[]; ahead?: ReadAhead }
  /** The expression already gave a promise: only what makes it changes. */
  | { form: 'promise' }
  /** The declaration moves to where its failure is handled as that of the agent's first call was. */
  | {
      form: 'move';
      before: NodePath<t.Statement>[];
      /** The declarations of what holds the agent, which move with its own. */
      along?: NodePath<t.VariableDeclaration>[];
      promote?: NodePath<t.Function>;
      awaits?: AwaitedCall[];
      ahead?: ReadAhead;
    }
  /** Each call of the agent becomes `getFacebookAgent().then((agent) => agent.call())`, or awaits it in place. */
  | { form: 'chain'; calls: ChainedCall[]; awaited: NodePath[] }
  /** The declaration becomes `let agent; try { agent = await … } catch …` with the factory's own `catch`. */
  | { form: 'guard'; guard: NodePath<t.CatchClause>; promote?: NodePath<t.Function>; awaits?: AwaitedCall[] };

/** What the agent's first call is given that is read before the agent is had, and the statement before that. */
export interface ReadAhead {
  parts: readonly NodePath[];
  before: NodePath<t.Statement>;
}

/** A call of a function that becomes async, and the function around the call, where that has to as well. */
export interface AwaitedCall {
  call: NodePath<t.CallExpression>;
  promote?: NodePath<t.Function>;
  /** The calls of that function that have to be awaited before it may become so. */
  outer?: readonly { call: NodePath<t.CallExpression> }[];
}

/** A call that is given the agent, or is one of its methods, and the reference to the agent in it. */
export interface ChainedCall {
  call: NodePath<t.CallExpression>;
  use: NodePath;
}
