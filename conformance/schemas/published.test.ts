import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishedSchemas } from './published.ts';

describe('the published schemas', () => {
  it.each(Object.entries(publishedSchemas()))(
    '%s is what the code enforces (else: conformance/schemas/write.ts)',
    (name, schema) => {
      const published: unknown = JSON.parse(
        readFileSync(join(import.meta.dirname, '../../docs/schemas', name), 'utf8'),
      );
      expect(published).toEqual(JSON.parse(JSON.stringify(schema)));
    },
  );
});
