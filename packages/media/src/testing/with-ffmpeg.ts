import { findFfmpeg } from '../decode/ffmpeg/find-ffmpeg.ts';

/** For `describe.runIf`: tests that need the user's ffmpeg, and say so where there is none. */
export const hasFfmpeg = (await findFfmpeg()) !== undefined;
if (!hasFfmpeg) process.stderr.write('these tests did not run: no ffmpeg on PATH or in TUTTI_FFMPEG\n');
