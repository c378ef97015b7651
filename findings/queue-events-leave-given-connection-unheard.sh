#!/usr/bin/env bash
# bullmq 6.7.0 with ioredis 6.0.0: a Queue and a Worker hear the errors of a connection that they are given, QueueEvents
# do not. They work on a copy of it and pass on the copy's errors alone, so whoever listens to the QueueEvents, as to
# the others, still has ioredis write "Unhandled error event" to stderr for each try of the given one in an outage.
# Seen: one listener for errors on the connection of the Queue and of the Worker, none on that of the QueueEvents.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --save-exact bullmq@6.7.0 ioredis@6.0.0

cat > listen.mjs <<'JS'
import { Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';

const makers = {
  Queue: (connection) => new Queue('jobs', { connection }),
  Worker: (connection) => new Worker('jobs', async () => {}, { connection }),
  QueueEvents: (connection) => new QueueEvents('jobs', { connection }),
};
for (const [name, make] of Object.entries(makers)) {
  // Nothing listens there, as in an outage.
  const connection = new Redis({ host: '127.0.0.1', port: 1, maxRetriesPerRequest: null });
  const made = make(connection);
  await new Promise((resolve) => made.once('error', resolve));
  console.log(`${name}: passes on errors, listeners on the given connection: ${connection.listenerCount('error')}`);
  connection.disconnect();
}
process.exit(0);
JS
node listen.mjs 2>stderr.txt | tee seen.txt
cat > expected.txt <<'TXT'
Queue: passes on errors, listeners on the given connection: 1
Worker: passes on errors, listeners on the given connection: 1
QueueEvents: passes on errors, listeners on the given connection: 0
TXT
diff expected.txt seen.txt
grep -q 'Unhandled error event' stderr.txt && echo 'ioredis wrote "Unhandled error event"'
