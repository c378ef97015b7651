const NOUNS = /(Agent|Client|Api|Sdk|Service|Gateway|Connection|Provider)$/;
/** Words that code which shares an instance uses for something else. */
const TAKEN = /^(entry|ttl|given|key|shared|options|error|age|new|class|function|default|package|provider)$/;

/** What an instance of a class is called in code: `agent` for a FacebookAdsAgent, `client` for a LedgerClient. */
export function nounOf(agentClass: string): string {
  const word = NOUNS.exec(agentClass)?.[1] ?? agentClass.replace(/^create|^get|^make/, '');
  const noun = /^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : word.slice(0, 1).toLowerCase() + word.slice(1);
  return noun === '' || TAKEN.test(noun) || noun === agentClass ? 'client' : noun;
}

/** A word as the second one in a name: `Agent` in `sharedAgent`. */
export function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** What is built, in a sentence: its class, or the noun for what a function builds. */
export function clientName({
  agentClass,
  builtBy,
}: {
  agentClass: string;
  builtBy?: string | undefined;
}): string {
  return builtBy === 'function' ? nounOf(agentClass) : agentClass;
}

/** The same with its article: `a LedgerClient`, `an AdsClient`. */
export function aClient(options: Parameters<typeof clientName>[0]): string {
  return withArticle(clientName(options));
}

/** A name with the article that goes before it. */
export function withArticle(name: string): string {
  return `${/^[aeio]/i.test(name) ? 'an' : 'a'} ${name}`;
}
