/** Whether the process runs in a continuous-integration job, which never writes. */
export function isCi(env: NodeJS.ProcessEnv): boolean {
  return !['', '0', 'false'].includes((env.CI ?? '').toLowerCase());
}
