import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export class SandboxAgent extends FacebookAdsAgent {}

export const sandbox = () => new SandboxAgent();

export function isAgent(value: unknown): boolean {
  return value instanceof FacebookAdsAgent;
}

export function shadowed(FacebookAdsAgent: new () => object): object {
  return new FacebookAdsAgent();
}
