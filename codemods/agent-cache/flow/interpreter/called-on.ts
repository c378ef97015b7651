import type * as t from '@babel/types';

/** Members of which code takes no more than a part, or calls it. */
export const takenApart = new WeakSet<t.Node>();

/** Members that code reads for no more than to call something on them. */
export const calledOn = new WeakSet<t.Node>();
