export type { SourceFile } from './run-passes.ts';
export { migrateSource } from './transform.ts';
