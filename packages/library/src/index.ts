export { type WrittenBackup, writeBackup } from './backup/write-backup.ts';
export type { Database } from './database/database.ts';
export { type LibraryOptions, openLibrary, type RestoredLibrary, restoreLibrary } from './open-library.ts';
