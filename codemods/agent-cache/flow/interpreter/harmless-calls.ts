/** Packages whose objects write down what they are given, for nobody of the code to read. */
const WRITES_DOWN =
  /^(winston|pino|bunyan|log4js|loglevel|debug|consola|signale|npmlog|@nestjs\/common|prom-client|hot-shots|@sentry\/node|@opentelemetry\/api|\.\/logger)\b/;
const WRITES =
  /^(debug|trace|info|log|warn|error|fatal|verbose|silly|http|notice|inc|dec|observe|set|startTimer|labels|child|timing|increment|histogram|gauge|captureException|addEvent|setAttribute|setAttributes|recordException|end)?$/;

/** What an emitter is told, only its listeners keep, which are asked by themselves. */
const EMITS = /^node:events\b/;

/** Packages whose objects send what they are given and keep none of it. */
const SENDS =
  /^(axios|got|undici|node-fetch|ky|superagent|request|needle|node:https?|@aws-sdk\/[\w-]+|pg|mysql2?(\/promise)?|mongodb|nodemailer|ioredis|redis)\b/;
const SENT =
  /^(request|get|post|put|patch|delete|head|options|fetch|send|query|execute|insertOne|insertMany|updateOne|updateMany|deleteOne|deleteMany|replaceOne|sendMail|publish|write)$/;

/**
 * Whether a method of a package is known to keep nothing that later calls would meet: it writes it down (a logger, a
 * metric) or sends it.
 * @param label the module, and how the object was got of it
 */
export function isHarmlessCall(label: string, method: string): boolean {
  return (
    (EMITS.test(label) && method === 'emit') ||
    (WRITES_DOWN.test(label) && WRITES.test(method)) ||
    (SENDS.test(label) && SENT.test(method))
  );
}

/** Clients of services whose methods send what they are given, keep none of it, and are often called for that alone. */
const CLIENTS: readonly (readonly [module: RegExp, path: RegExp])[] = [
  [/^@aws-sdk\/client-[\w-]+$/, /^send$/],
  [/^nodemailer$/, /^sendMail$/],
  [/^stripe$/, /^\w+(\.\w+)*\.(create|update|del|cancel|capture|confirm|finalizeInvoice|sendInvoice|pay)$/],
  [/^@slack\/web-api$/, /^(chat|conversations|reactions|pins|bookmarks|reminders|views|usergroups)(\.\w+)+$/],
  [/^twilio$/, /^(messages|calls)\.create$/],
];

/** Whether a method of an agent's class is known to send what it is given, and to keep none of it, though nobody uses what it gives. */
export function onlySends(module: string, path: string): boolean {
  return CLIENTS.some(([of, methods]) => of.test(module) && methods.test(path));
}
