/** Lets sockets and promises move on until something holds; independent of fake timers. */
export async function eventually(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100_000 && !holds(); turn++) await nextTurn();
  if (!holds()) throw new Error('It never came to hold');
}

const { setImmediate: schedule } = globalThis;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => schedule(resolve));
}
