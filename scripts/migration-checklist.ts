import { main } from './checklist/main.ts';

// A reader that has seen enough (`| head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// It never rejects; a bundle of scripts cannot await at its top.
void main(process.argv.slice(2), process).then((code) => {
  process.exitCode = code;
});
