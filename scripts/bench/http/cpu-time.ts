import { readdir, readFile } from 'node:fs/promises';

/**
 * Nanoseconds that a process has spent on a processor, all its threads together.
 * @throws where the system does not tell: only Linux does
 */
export async function cpuTimeOf(pid: number): Promise<number> {
  const folder = `/proc/${pid}/task`;
  const threads = await readdir(folder).catch(() => {
    throw new Error('What a request costs can only be measured on Linux');
  });
  const times = await Promise.all(
    threads.map(async (thread) =>
      Number((await readFile(`${folder}/${thread}/schedstat`, 'utf8')).split(' ')[0]),
    ),
  );
  return times.reduce((sum, time) => sum + time, 0);
}
