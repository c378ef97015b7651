import { leftIn } from './left-in.ts';

/** What both a place and the code beside it import, and what the place builds its agent with. */
interface Around {
  imports?: string;
  given?: string;
}

/**
 * What becomes of the one place of a tree that has some code beside it: the reason why it is left, or `migrated`.
 * @param files the agent, its cache, and what the code is about
 */
export async function placeBeside(
  files: Record<string, string>,
  code: string,
  { imports = '', given = '' }: Around = {},
): Promise<string> {
  const left = await leftIn({
    ...files,
    'src/place.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
${imports}
export const place = Router();
place.get('/', async (req, res) => {
  const agent = new FacebookAdsAgent(${given});
  res.json(await agent.list());
});
`,
    'src/code.ts': `import { Router } from 'express';
${imports}
const router = Router();
${code}
export { router };
`,
  });
  return left.join();
}
