import { createInterface } from 'node:readline/promises';
import { calledOf, type Client } from '../codemod/init/find-clients.ts';

/** Whether there is somebody to ask. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** Asks which of several classes is meant; undefined for none. */
export async function askForClient(clients: readonly Client[]): Promise<Client | undefined> {
  const rows = clients.map(
    (client, index) =>
      `  ${index + 1}. ${calledOf(client)} from ${client.module}, built in ${client.places} ${client.places === 1 ? 'place' : 'places'}\n`,
  );
  process.stdout.write(`Which class is to be shared?\n${rows.join('')}`);
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await reader.question(`1 to ${clients.length}, or nothing to leave: `);
    return clients[Number(answer) - 1];
  } finally {
    reader.close();
  }
}
