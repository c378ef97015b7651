const REMOVES =
  /^(?:deleted?|removed?|drop(?:ped)?|(?:apag|delet|elimin|descart)(?:ar?|ue|e|ad[oa])|apague|remov(?:er?|a|id[oa])|exclu(?:a|ir?|[ií]d[oa])|borr(?:ar?|e|ad[oa]))\b:?\s+(?:(?:the|our|old|former|legacy|unused|obsolete|dead|file|files|module|modules|factory|helper|helpers|code|client|wrapper|script|o|a|os|as|antigo|antiga|velho|velha|arquivo|arquivos|módulo)\s+)*/i;

/** What may stand behind a path alone: `src/old.ts (deleted)`. */
const IS_REMOVED =
  /^\s*[-–—:(]*\s*(?:is |was |foi )?(?:deleted|removed|gone|(?:apag|delet|elimin|descart|borr)ad[oa]|removid[oa]|exclu[ií]d[oa])\s*[).!]*$/i;

/** `Delete \`src/old.ts\`` asks for a file to be gone; `Remove \`make\` from \`src/a.ts\`` does not. */
export function isRemoval(text: string, paths: readonly string[]): boolean {
  const [verb = ''] = REMOVES.exec(text) ?? [];
  const [first] = paths;
  if (first === undefined) return false;
  const rest = text.slice(verb.length);
  const [target = ''] = rest.split(/[\s,;]|:(?=\s|$)/, 1);
  if (verb === '' && !IS_REMOVED.test(rest.slice(target.length))) return false;
  const bare = target.replace(/^(?:\.{1,2}\/)+/, '').replace(/^\//, '');
  const isPath = bare !== '' && (first === bare || first.endsWith(`/${bare}`) || bare.endsWith(`/${first}`));
  return isPath && !/^\s*(?:from|of|in|'s|de|do|da)\b/i.test(rest.slice(target.length));
}
