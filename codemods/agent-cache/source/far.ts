/**
 * How many names, calls or modules may stand for one another in a row: more than code has, so that it ends nothing but
 * what leads back to itself.
 */
export const MAX_HOPS = 60;

/** Of a state that is deeper in an object than so many properties, all of what lies there is taken for it. */
export const MAX_PARTS = 5;
