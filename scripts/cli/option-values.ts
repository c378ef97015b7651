import { InvalidArgumentError } from 'commander';
import { isJavaScriptName } from './javascript-name.ts';

/** @throws InvalidArgumentError where a flag is given nothing */
export function nonEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return value;
}

/**
 * The name of a file or a module: `--report -d` was meant as two flags.
 *
 * @throws InvalidArgumentError where a flag is given nothing, or another flag
 */
export function named(value: string): string {
  if (value.startsWith('-'))
    throw new InvalidArgumentError(`A name has to come before that; a file of that name is ./${value}.`);
  return nonEmpty(value);
}

/** @throws InvalidArgumentError where a value is no name of JavaScript */
export function identifier(value: string): string {
  if (!isJavaScriptName(value)) throw new InvalidArgumentError('It has to be a JavaScript name.');
  return value;
}

/**
 * What builds a client: `new` and `function`, which JavaScript has for itself, or the name of a static method.
 *
 * @throws InvalidArgumentError where a value is none of them
 */
export function identifierOrNew(value: string): string {
  return value === 'new' || value === 'function' ? value : identifier(value);
}
