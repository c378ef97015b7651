import { createInterface, type Interface } from 'node:readline';

/** What a person answered for one file or place; `quit` leaves it and all that follow. */
export type Answer = 'yes' | 'no' | 'all' | 'quit';

/** Asks one question after another. */
export interface Prompt {
  ask(question: string): Promise<Answer>;
  close(): void;
}

const ANSWERS: Record<string, Answer> = {
  y: 'yes',
  yes: 'yes',
  n: 'no',
  no: 'no',
  a: 'all',
  all: 'all',
  q: 'quit',
  quit: 'quit',
};

/** Reads answers by the line, from a terminal or a pipe; the end of the input is `quit`. */
export function createPrompt(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Prompt {
  const reader: Interface = createInterface({ input });
  const lines = reader[Symbol.asyncIterator]();
  return {
    async ask(question) {
      for (;;) {
        output.write(`${question} [y]es, [n]o, [a]ll, [q]uit: `);
        const line = await lines.next();
        if (line.done) {
          output.write('\n');
          return 'quit';
        }
        const answer = ANSWERS[line.value.trim().toLowerCase()];
        if (answer !== undefined) return answer;
      }
    },
    close: () => reader.close(),
  };
}
