import { anyWayTrees } from './agents-by-any-way.ts';
import { askedWhetherGotTrees } from './asked-whether-got.ts';
import { startedTogetherTrees } from './calls-started-together.ts';
import { endingHandlerTrees } from './handlers-that-end.ts';
import type { Tree } from '../support/tree.ts';
import { acquisitionTrees } from './acquisition.ts';
import { keptTrees } from './kept-and-changed.ts';
import { barrelTrees } from './barrels.ts';
import { besideBuildingCache } from './building-cache.ts';
import { builderTrees } from './builders.ts';
import { builtByCreateTrees } from './built-by-create.ts';
import { keyedTrees } from './keyed.ts';
import { orderTrees } from './order-and-failure.ts';
import { codeBeforeFirstUseTrees } from './code-before-first-use.ts';
import { classBuilderTrees } from './class-builders.ts';
import { commonJsTrees } from './common-js.ts';
import { unusualFactoryTrees } from './unusual-factories.ts';
import { exportedBuilderTrees } from './exported-builders.ts';
import { express4PromiseTrees } from './express-4-promises.ts';
import { express4Trees } from './express-4.ts';
import { factoryTrees } from './factories.ts';
import { failureAtOnceTrees } from './failures-at-once.ts';
import { fidelityTrees } from './fidelity.ts';
import { handedOverTrees } from './handed-over.ts';
import { handlerValueTrees } from './handlers-as-values.ts';
import { importTrees } from './imports.ts';
import { inlineTrees } from './inline.ts';
import { leftTrees } from './left.ts';
import { memberTrees } from './members.ts';
import { thrownTrees } from './thrown-and-told.ts';
import { serviceTrees } from './services-and-helpers.ts';
import { guardedBuilderTrees } from './guarded-builders.ts';
import { ownMemoTrees } from './own-memos.ts';
import { passedFactoryTrees } from './passed-factories.ts';
import { promisesThatRunTrees } from './promises-that-run.ts';
import { requestTrees } from './requests.ts';
import { safeShapeTrees } from './safe-shapes.ts';
import { sharedSettingsTrees } from './shared-settings.ts';
import { sharedStateTrees } from './shared-state.ts';
import { stateTrees } from './state.ts';
import { synchronousGetterTrees } from './synchronous-getters.ts';
import { taskTrees } from './tasks.ts';
import { untouchedTrees } from './untouched.ts';
import { waitingTrees } from './waiting.ts';
import { waysToTheClassTrees } from './ways-to-the-class.ts';
import { givenTrees } from './what-calls-are-given.ts';
import { quietGivenTrees } from './what-cannot-fail.ts';
import { plainNameTrees } from './state-by-plain-names.ts';
import { otherCallTrees } from './state-by-other-calls.ts';
import { otherFileStateTrees } from './state-in-other-files.ts';
import { packageStateTrees } from './state-of-packages.ts';
import { namespaceStateTrees } from './state-of-namespaces.ts';
import { requestStateTrees } from './state-of-requests.ts';
import { unseenObjectTrees } from './state-of-unseen-objects.ts';

const ownTrees: readonly Tree[] = [
  ...anyWayTrees,
  ...inlineTrees,
  ...factoryTrees,
  ...importTrees,
  ...sharedSettingsTrees,
  ...sharedStateTrees,
  ...taskTrees,
  ...leftTrees,
  ...handedOverTrees,
  ...waysToTheClassTrees,
  ...untouchedTrees,
  ...orderTrees,
  ...fidelityTrees,
  ...keptTrees,
  ...serviceTrees,
  ...unusualFactoryTrees,
  ...classBuilderTrees,
  ...commonJsTrees,
  ...barrelTrees,
  ...express4Trees,
  ...acquisitionTrees,
  ...waitingTrees,
  ...handlerValueTrees,
  ...memberTrees,
  ...builderTrees,
  ...passedFactoryTrees,
  ...exportedBuilderTrees,
  ...requestTrees,
  ...stateTrees,
  ...codeBeforeFirstUseTrees,
  ...express4PromiseTrees,
  ...failureAtOnceTrees,
  ...promisesThatRunTrees,
  ...safeShapeTrees,
  ...givenTrees,
  ...otherFileStateTrees,
  ...requestStateTrees,
  ...unseenObjectTrees,
  ...otherCallTrees,
  ...plainNameTrees,
  ...packageStateTrees,
  ...quietGivenTrees,
  ...synchronousGetterTrees,
  ...builtByCreateTrees,
  ...keyedTrees,
  ...endingHandlerTrees,
  ...namespaceStateTrees,
  ...startedTogetherTrees,
  ...askedWhetherGotTrees,
  ...thrownTrees,
  ...guardedBuilderTrees,
  ...ownMemoTrees,
];

/** Every tree, each under a name of its own. */
export const trees: readonly Tree[] = [...ownTrees, ...besideBuildingCache(ownTrees)];
