// Writes the published JSON Schemas from the code that enforces them: node scripts/run.mjs conformance/schemas/write.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedSchemas } from './published.ts';

for (const [name, schema] of Object.entries(publishedSchemas())) {
  writeFileSync(join(import.meta.dirname, '../../docs/schemas', name), `${JSON.stringify(schema, null, 2)}\n`);
}
