import express, { type RequestHandler } from 'express';
import { BadRequestError } from '../errors.ts';
import { httpProblem } from './problem.ts';

/**
 * @param limitBytes larger bodies are answered 413. Bodies that are not JSON are answered 415, JSON
 * that is neither an object nor an array 400.
 */
export function jsonBody(limitBytes: number): RequestHandler[] {
  return [refuseOtherTypes, express.json({ limit: limitBytes, strict: false }), refuseScalars];
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

/** Not left to the parser's strict mode, which takes them for malformed JSON. */
const refuseScalars: RequestHandler = (req, _res, next) => {
  if (req.body === undefined || (typeof req.body === 'object' && req.body !== null)) {
    next();
    return;
  }
  throw new BadRequestError('a JSON object is required');
};
