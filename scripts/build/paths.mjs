import path from 'node:path';

/** This repository. */
export const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** Where the service of a tree is built. @param {string} root the folder that holds `api/` */
export const outputOf = (root) => path.join(root, 'dist/server');

/** The list of what it was built from; its time is that of the start of the build. @param {string} root */
export const inputsOf = (root) => path.join(outputOf(root), 'inputs.json');
