export { type KilledRun, killWorkers } from './kill-workers.ts';
