// The packed program's own file for `tutti analyse`: scripts/package/launcher.mjs runs it.
import { analyseCommand } from './commands/analyse.ts';
import { runTutti } from './program.ts';

export { HURRY_FLAGS as FLAGS, isHurried as heardOneSong } from './single-song.ts';

void runTutti(process.argv.slice(2), { analyse: analyseCommand }).then((code) => {
  process.exitCode = code;
});
