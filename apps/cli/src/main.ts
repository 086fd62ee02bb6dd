#!/usr/bin/env node
import { COMMANDS } from './commands.ts';
import { runTutti } from './program.ts';

process.exitCode = await runTutti(process.argv.slice(2), COMMANDS);
