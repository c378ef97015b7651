import type { Machine } from './machine.ts';
import { keyText } from './key-text.ts';
import type { Value } from './values.ts';

const LISTENS = /^(?:on|once|(?:add|prepend|prependOnce)(?:Event)?Listener)$/;
const TELLS = /^(?:emit|dispatchEvent)$/;
/** Where it stands of something what listens to it. */
const LISTENER = '#on ';

/** What listens to something is called by whoever tells of what it listens to. */
export function hear(self: Value, name: string | undefined, args: readonly Value[], machine: Machine): void {
  const [event, listener] = args;
  if (
    self.is === 'primitive' ||
    self.agent ||
    self.fromCaller === true ||
    name === undefined ||
    event === undefined
  )
    return;
  if (LISTENS.test(name) && listener?.is === 'function')
    self.properties.set(`${LISTENER}${keyText(event)} ${listener.id}`, listener);
  if (!TELLS.test(name)) return;
  const meant = event.is === 'primitive' ? `${LISTENER}${keyText(event)} ` : LISTENER;
  const heard = [...self.properties].filter(([of]) => of.startsWith(meant));
  for (const [, each] of heard) machine.call(each, args.slice(1), self);
}
