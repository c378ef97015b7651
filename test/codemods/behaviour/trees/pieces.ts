/** The head of a file of routes in TypeScript or JavaScript modules, with a `router` and the agent's class. */
export const ROUTES = `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = Router();

`;

/** The head of a file of tasks. */
export const TASKS = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

`;

/** A file of routes with one body. */
export function routes(body: string): string {
  return ROUTES + body.replace(/^\n/, '');
}

/** A file of tasks with one body. */
export function tasks(body: string): string {
  return TASKS + body.replace(/^\n/, '');
}
