import { type RequestHandler, Router } from 'express';
import { list, ReportController } from './registered-elsewhere.input.ts';

export const router = Router();

const asyncHandler =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(next);
  };

const reports = new ReportController();

router.get('/', list);
router.get('/wrapped', asyncHandler(list));
router.get('/report', asyncHandler(reports.show.bind(reports)));
