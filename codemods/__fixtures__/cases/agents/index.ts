export * from './facebook-ads-agent.ts';
