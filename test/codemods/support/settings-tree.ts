import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type GeneratedTree, writeBesideAgent } from '../../../scripts/bench/codemod-tree.ts';

const AGENT = `import { settings } from '../settings.js';

export class FacebookAdsAgent {
  private readonly region = settings.region;

  async getCampaigns(): Promise<string[]> {
    return [this.region];
  }
}
`;
const ROUTE = `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export const router = Router();

router.get('/campaigns', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
`;

/**
 * A setting that the agent is built with. What sets it is given it by layers of functions, each of which calls all of the
 * layer below: the ways from the top to the setting are as many as the functions of a layer to the power of the layers.
 */
export function settingsTree(layers: number, inLayer: number): GeneratedTree {
  const indices = Array.from({ length: inLayer }, (_, index) => index);
  const name = (layer: number, index: number) => `give${layer}x${index}`;
  const bodies = Array.from({ length: layers }, (_, layer) =>
    indices.map((index) => {
      const below = indices.map((each) => `  ${name(layer - 1, each)}(region);\n`).join('');
      const body = layer === 0 ? '  settings.region = region;\n' : below;
      return `export function ${name(layer, index)}(region: string): void {\n${body}}\n`;
    }),
  );
  const start = indices.map((each) => `${name(layers - 1, each)}('eu');\n`).join('');
  const texts: Record<string, string> = {
    'src/settings.ts': `export const settings = { region: 'us' };\n\n${bodies.flat().join('\n')}\n${start}`,
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/routes/campaigns.ts': ROUTE,
  };
  const write = (root: string) => {
    writeBesideAgent(root);
    for (const [file, text] of Object.entries(texts)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
  };
  return { name: `setting behind ${layers} layers of ${inLayer}`, files: 3, relevant: 1, write };
}
