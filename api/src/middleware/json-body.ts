import express, { type RequestHandler } from 'express';
import { httpProblem } from './problem.ts';

/** @param limitBytes larger bodies are answered 413. Bodies that are not JSON are answered 415. */
export function jsonBody(limitBytes: number): RequestHandler[] {
  return [refuseOtherTypes, express.json({ limit: limitBytes })];
}

const refuseOtherTypes: RequestHandler = (req, _res, next) => {
  // `is` answers null for a request without a body and false for another type.
  if (req.is('json') !== false) {
    next();
    return;
  }
  if (req.get('Content-Length') === '0') {
    next();
    return;
  }
  throw httpProblem(415, 'The body must be JSON, with Content-Type: application/json');
};
