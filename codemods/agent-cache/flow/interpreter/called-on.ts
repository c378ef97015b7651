import type * as t from '@babel/types';

/** Members that code reads for no more than to call something on them. */
export const calledOn = new WeakSet<t.Node>();
