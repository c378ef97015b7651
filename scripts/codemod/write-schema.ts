import { writeFileSync } from 'node:fs';
import { configJsonSchema } from './config-schema.ts';

writeFileSync(new URL('../../docs/agent-cache.config.schema.json', import.meta.url), configJsonSchema());
