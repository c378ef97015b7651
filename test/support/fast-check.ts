import fc from 'fast-check';
import { depth } from './depth.ts';

// The same cases in every run, so that a red run is red again; FC_SEED=… goes looking for others.
fc.configureGlobal({ numRuns: depth(100, 30), seed: Number(process.env.FC_SEED ?? 20_260_301) });

export { default } from 'fast-check';
