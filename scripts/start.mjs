// `npm start -- ARGS` is `tutti ARGS`; without arguments, `tutti demo`. Paths count from where npm was called.
import { join } from 'node:path';
import { run } from './run.mjs';
import { root, setup } from './setup.mjs';

setup();
const args = process.argv.slice(2);
run(join(root, 'apps/cli/src/main.ts'), args.length > 0 ? args : ['demo'], process.env['INIT_CWD'] ?? process.cwd());
