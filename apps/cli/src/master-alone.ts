// The packed program's own file for `tutti master`: scripts/package/launcher.mjs runs it.
import { masterCommand } from './commands/master.ts';
import { runTutti } from './program.ts';

export { HURRY_FLAGS as FLAGS, isHurried as heardOneSong } from './single-song.ts';

void runTutti(process.argv.slice(2), { master: masterCommand }).then((code) => {
  process.exitCode = code;
});
