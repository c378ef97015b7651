import { setImmediate as atEndOfTurn } from 'node:timers';

let turn = 1;
let marked = false;

/** The current turn of the event loop, if {@link markTurn} was called in it; some other number if not. */
export function markedTurn(): number {
  return turn;
}

/**
 * Gives the current turn its number, which is over when the turn is: before any later request,
 * timer or I/O is handled. The one immediate behind it lives no longer than the turn itself.
 */
export function markTurn(): number {
  if (!marked) {
    marked = true;
    atEndOfTurn(endTurn);
  }
  return turn;
}

function endTurn(): void {
  marked = false;
  turn += 1;
}
