import type { Commands } from './program.ts';

export const COMMANDS: Commands = {
  analyse: async () => (await import('./commands/analyse.ts')).analyseCommand(),
  plan: async () => (await import('./commands/plan.ts')).planCommand(),
  mix: async () => (await import('./commands/mix.ts')).mixCommand(),
  similar: async () => (await import('./commands/similar.ts')).similarCommand(),
  duplicates: async () => (await import('./commands/duplicates.ts')).duplicatesCommand(),
  path: async () => (await import('./commands/similar.ts')).pathCommand(),
  balance: async () => (await import('./commands/balance.ts')).balanceCommand(),
  master: async () => (await import('./commands/master.ts')).masterCommand(),
  export: async () => (await import('./commands/export.ts')).exportCommand(),
  preset: async () => (await import('./commands/preset.ts')).presetCommand(),
  tag: async () => (await import('./commands/tag.ts')).tagCommand(),
  library: async () => (await import('./commands/library.ts')).libraryCommand(),
  scan: async () => (await import('./commands/scan.ts')).scanCommand(),
  list: async () => (await import('./commands/list.ts')).listCommand(),
  search: async () => (await import('./commands/list.ts')).searchCommand(),
  backup: async () => (await import('./commands/backup.ts')).backupCommand(),
  restore: async () => (await import('./commands/restore.ts')).restoreCommand(),
  demo: async () => (await import('./commands/demo.ts')).demoCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
};
