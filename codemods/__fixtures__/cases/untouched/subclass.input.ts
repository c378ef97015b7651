import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export class SandboxAgent extends FacebookAdsAgent {}

export const sandbox = () => new SandboxAgent();

const retrying = <Class>(base: Class): Class => base;

export class RetryingAgent extends retrying(FacebookAdsAgent) {}

export function isAgent(value: unknown): boolean {
  return value instanceof FacebookAdsAgent;
}

export function shadowed(FacebookAdsAgent: new () => object): object {
  return new FacebookAdsAgent();
}
