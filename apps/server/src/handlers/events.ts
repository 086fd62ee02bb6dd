import { setTimeout as sleep } from 'node:timers/promises';
import { libraryChange } from '@tutti/workflows';
import type { Handlers } from './handlers.ts';

/** How often the library is looked at for somebody who follows it. */
const LOOK_MILLISECONDS = 1000;

export const eventHandlers: Pick<Handlers, 'followLibrary'> = {
  async followLibrary({ library }, _, { signal, lastEventId }) {
    const known = /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : undefined;
    async function* told() {
      // Who comes new is told where the library stands, not all that ever changed.
      let last = known ?? (await libraryChange(library, Number.MAX_SAFE_INTEGER)).change;
      for (let first = known === undefined; ; first = false) {
        const data = await libraryChange(library, last);
        if (first || data.change !== last) yield { event: 'library' as const, id: String(data.change), data };
        last = data.change;
        await sleep(LOOK_MILLISECONDS, undefined, { signal });
      }
    }
    return told();
  },
};
