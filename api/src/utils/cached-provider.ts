import type { CachedProviderOptions } from './cached-provider-options.ts';
import { FastPath } from './fast-path.ts';
import { HeldValue, policyOf } from './held-value.ts';

export type {
  CachedProviderOptions,
  CreationCause,
  ProviderEvent,
  ProviderState,
  ProviderStats,
} from './cached-provider-options.ts';
export { CreateTimeoutError } from './cached-provider-options.ts';

/** One value with options of its own; the rest is as {@link HeldValue} says. */
export class CachedProvider<T> extends HeldValue<T, undefined> {
  /** @throws {RangeError} on options that make no sense. */
  constructor(options: CachedProviderOptions<T>) {
    const { create, onEvent } = options;
    const policy = policyOf<T, undefined>({
      ...options,
      create: (context) => create(context),
      ...(onEvent && { onEvent: (event) => onEvent(event) }),
    });
    super({ ...policy, fastPath: new FastPath() }, undefined);
  }
}
