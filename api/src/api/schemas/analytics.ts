import { z } from 'zod';
import { datePreset } from './common.ts';

export const analyticsQuery = z.object({ date_preset: datePreset.default('last_30d') });
