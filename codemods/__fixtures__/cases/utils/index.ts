export { getFacebookAgent } from './agent-cache.ts';
