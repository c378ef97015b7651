import { randomUUID } from 'node:crypto';
import type { HttpClient, Outcome } from './http.ts';

/**
 * Tells answers that a deployment gives to any path, such as the page of a single-page application. A path that
 * nobody can have is asked first, once for each folder.
 */
export class Fallback {
  readonly #client: HttpClient;
  readonly #answers = new Map<string, Promise<{ path: string; outcome: Outcome }>>();

  constructor(client: HttpClient) {
    this.#client = client;
  }

  /** Whether a path is answered like one that is not there. */
  async isAlike(path: string, outcome: Outcome): Promise<boolean> {
    if (!outcome.ok) return false;
    const folder = path.replace(/[?#].*$/, '').replace(/\/[^/]*$/, '');
    for (const place of new Set(['', folder])) {
      const nowhere = await this.#askIn(place);
      if (isAlike(path, outcome, nowhere.path, nowhere.outcome)) return true;
    }
    return false;
  }

  #askIn(folder: string): Promise<{ path: string; outcome: Outcome }> {
    const known = this.#answers.get(folder);
    if (known !== undefined) return known;
    const path = `${folder}/no-such-path-${randomUUID()}`;
    const asked = this.#client.get(path).then((outcome) => ({ path, outcome }));
    this.#answers.set(folder, asked);
    return asked;
  }
}

function isAlike(path: string, outcome: Outcome, nowhere: string, other: Outcome): boolean {
  if (!outcome.ok || !other.ok || outcome.status !== other.status) return false;
  if (outcome.status >= 200 && outcome.status < 300 && isPage(outcome) && isPage(other)) return true;
  return plain(outcome.text, path) === plain(other.text, nowhere);
}

/** Whether an answer is a web page, of which no two need be the same. */
export function isPage(outcome: Outcome): boolean {
  if (!outcome.ok) return false;
  return (
    /\bhtml\b/i.test(outcome.headers.get('content-type') ?? '') ||
    /^\s*<(?:!doctype|html)\b/i.test(outcome.text)
  );
}

/** An answer without what differs each time: the path that was asked, ids, times. */
function plain(text: string, path: string): string {
  return text
    .replaceAll(path, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, '');
}
