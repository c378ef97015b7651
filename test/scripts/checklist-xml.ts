export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
}

/**
 * A strict reader of the XML that is expected here: elements, attributes, text, comments.
 *
 * @throws Error when the text is not well-formed
 */
export function parseXml(xml: string): Element {
  const body = xml
    .replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '')
    .replace(/<!--(?:(?!--)[\s\S])*-->/g, '');
  const top: Element = { name: '', attributes: {}, children: [] };
  const open = [top];
  const token = /<(\/?)([a-z]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(.)/gs;
  for (const [, closing, name = '', attributes = '', empty, text, stray] of body.matchAll(token)) {
    if (stray !== undefined) throw new Error(`stray ${stray}`);
    if (text !== undefined) {
      unescapeXml(text);
      continue;
    }
    if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const pairs = Array.from(attributes.matchAll(/([a-z]+)="([^"]*)"/g), ([, key = '', value = '']) => [
      key,
      unescapeXml(value),
    ]);
    const element: Element = { name, attributes: Object.fromEntries(pairs), children: [] };
    open.at(-1)?.children.push(element);
    if (empty !== '/') open.push(element);
  }
  const [root, ...others] = top.children;
  if (root === undefined || others.length > 0 || open.length !== 1) throw new Error('not one whole element');
  return root;
}

function unescapeXml(text: string): string {
  if (/(?![\t\n\r])\p{Cc}|\]\]>/u.test(text)) throw new Error('not a character of XML');
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replace(/&(?:#(\d+)|([a-z]+));|&/g, (whole, code?: string, name?: string) => {
    const character = code === undefined ? named[name ?? ''] : String.fromCharCode(Number(code));
    if (character === undefined) throw new Error(`${whole} is no entity`);
    return character;
  });
}
