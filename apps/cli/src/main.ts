#!/usr/bin/env node
import { runTutti } from './program.ts';

process.exitCode = await runTutti(process.argv.slice(2));
