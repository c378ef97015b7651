const REMOVES =
  /^(?:delete|remove|drop|apagar|remover|excluir|deletar)\s+(?:(?:the|old|legacy|unused|file|files|module|o|a|arquivo)\s+)*/i;

/** `Delete \`src/old.ts\`` asks for a file to be gone; `Remove \`make\` from \`src/a.ts\`` does not. */
export function isRemoval(text: string, paths: readonly string[]): boolean {
  const [verb] = REMOVES.exec(text) ?? [];
  const [first] = paths;
  if (verb === undefined || first === undefined) return false;
  const rest = text.slice(verb.length);
  const [target = ''] = rest.split(/[\s,;]/, 1);
  const bare = target.replace(/^(?:\.{1,2}\/)+/, '').replace(/^\//, '');
  const isPath = bare !== '' && (first === bare || first.endsWith(`/${bare}`) || bare.endsWith(`/${first}`));
  return isPath && !/^\s*(?:from|of|in|'s|de|do|da)\b/i.test(rest.slice(target.length));
}
