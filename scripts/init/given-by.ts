import { keyedGetter } from '../../codemods/agent-cache/options.ts';
import type { NewCacheModule } from '../codemod/init/init-cache-module.ts';

/** What a cache module gives its callers. */
export interface Given {
  /** One client that all of them share. */
  shared: boolean;
  /** One for each set of arguments. */
  keyed: boolean;
  /** Whether its provider tells the state of the shared one. */
  stats: boolean;
}

/** What a cache module gives, as its text shows, be it written here or be it there already. */
export function givenBy({ text, options }: Pick<NewCacheModule, 'text' | 'options'>): Given {
  const words = new Set(text.split(/[^\w$]+/));
  return {
    shared: words.has(options.factory),
    keyed: words.has(keyedGetter(options)),
    stats: words.has(options.provider) && words.has('getStats'),
  };
}
