import { accountHandlers } from './accounts.ts';
import { eventHandlers } from './events.ts';
import type { Handlers } from './handlers.ts';
import { jobHandlers } from './jobs.ts';
import { pictureHandlers } from './pictures.ts';
import { resultHandlers } from './results.ts';
import { rootHandlers } from './roots.ts';
import { soundHandlers } from './sound.ts';
import { trackHandlers } from './tracks.ts';
import { uploadHandlers } from './uploads.ts';

export const HANDLERS: Handlers = {
  ...accountHandlers,
  ...rootHandlers,
  ...eventHandlers,
  ...trackHandlers,
  ...pictureHandlers,
  ...jobHandlers,
  ...resultHandlers,
  ...soundHandlers,
  ...uploadHandlers,
};
