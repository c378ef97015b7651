import type { ServerResponse } from 'node:http';
import { tooMuchData, wordedError } from './error-wording.ts';
import type { Fault } from './fault-spec.ts';
import type { ActiveFault } from './faults.ts';
import { errorReply, type GraphErrorDetail } from './graph-error.ts';
import type { JournalEntry } from './journal.ts';
import { pause } from './latency.ts';
import { type Reply, sendReply } from './reply.ts';
import type { Throttled } from './usage.ts';

export interface Delivery {
  response: ServerResponse;
  entry: JournalEntry;
  /** Makes the right answer. */
  honest: () => Reply;
  /** What Graph itself puts on every answer; not on those of a proxy before it. */
  headers: (throttled?: Throttled) => Record<string, string>;
  traceId: string;
  now: () => Date;
  /** Raw token of the request, for messages that repeat it. */
  token: string;
  /** Aborts when the client has gone. */
  gone: AbortSignal;
}

const HTML_502 =
  '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>' +
  '<body><h1>Sorry, something went wrong.</h1></body></html>';

/** Answers as a fault wants it, or honestly without one. */
export async function deliver(active: ActiveFault | undefined, delivery: Delivery): Promise<void> {
  const { response, entry } = delivery;
  if (active === undefined) return send(delivery, delivery.honest());
  const { fault } = active;
  entry.fault = `${active.id} ${fault.kind}`;
  switch (fault.kind) {
    case 'hang':
      await pause(Number.POSITIVE_INFINITY, AbortSignal.any([active.gate, delivery.gone]));
      return delivery.gone.aborted ? undefined : send(delivery, delivery.honest());
    case 'slow-body':
      return sendInHalves(delivery, async () => {
        const waits = AbortSignal.any([active.gate, delivery.gone]);
        await pause(fault.delayMs ?? Number.POSITIVE_INFINITY, waits);
        return !delivery.gone.aborted;
      });
    case 'reset':
      entry.status = 'reset';
      response.socket?.resetAndDestroy();
      return;
    case 'reset-mid-body':
      return sendInHalves(delivery, () => {
        entry.status = 'reset';
        response.socket?.resetAndDestroy();
        return false;
      });
    default:
      return send(delivery, faultyReply(fault, active.endsAt, delivery));
  }
}

function send({ response, entry }: Delivery, reply: Reply): void {
  entry.status = reply.status;
  sendReply(response, reply);
}

/** @param between what happens after the first half; the second is sent when it says true */
async function sendInHalves(delivery: Delivery, between: () => Promise<boolean> | boolean): Promise<void> {
  const { response, entry, honest } = delivery;
  const { status, headers, body } = honest();
  const bytes = Buffer.from(body);
  const half = Math.floor(bytes.length / 2);
  response.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
  await new Promise<void>((resolve) => response.write(bytes.subarray(0, half), () => resolve()));
  if (!(await between())) return;
  entry.status = status;
  response.end(bytes.subarray(half));
}

type ReplyFault = Exclude<Fault, { kind: 'hang' | 'slow-body' | 'reset' | 'reset-mid-body' }>;

function faultyReply(fault: ReplyFault, endsAt: number | undefined, delivery: Delivery): Reply {
  const { honest, headers, traceId, token, now } = delivery;
  const graphError = (detail: GraphErrorDetail, status?: number, throttled?: Throttled): Reply => {
    const reply = errorReply(detail, traceId, status);
    return { ...reply, headers: { ...reply.headers, ...headers(throttled) } };
  };
  switch (fault.kind) {
    case 'error': {
      const worded = wordedError(fault.code, fault.subcode);
      const message = (fault.message ?? worded.message).replaceAll('{token}', token);
      const transient = fault.transient ?? worded.transient;
      return graphError({ ...worded, message, transient }, fault.status);
    }
    case 'error-in-200':
      return graphError(wordedError(fault.code, fault.subcode), 200);
    case 'throttle': {
      const regainSeconds = ((endsAt ?? 0) - now().getTime()) / 1000;
      return graphError(wordedError(fault.code, fault.subcode), undefined, {
        code: fault.code,
        regainSeconds,
      });
    }
    case 'permission':
      return graphError(wordedError(fault.code, fault.subcode));
    case 'too-much-data':
      return graphError(tooMuchData(fault.code, fault.subcode));
    case 'bare-500':
      return { status: 500, headers: { 'content-type': 'text/plain' }, body: 'Internal Server Error' };
    case 'html-502':
      return { status: 502, headers: { 'content-type': 'text/html; charset=utf-8' }, body: HTML_502 };
    case 'empty-503':
      return { status: 503, headers: {}, body: '' };
    case 'truncated-json': {
      const reply = honest();
      return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
    }
    case 'body':
      return { status: fault.status, headers: { 'content-type': fault.contentType }, body: fault.body };
  }
}
