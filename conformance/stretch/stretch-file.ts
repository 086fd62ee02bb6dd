// Stretches a sound file and does nothing else, so that its time can be held against that of other programs:
//   node scripts/run.mjs conformance/stretch/stretch-file.ts IN OUT.wav RATIO
import { argv } from 'node:process';
import { Kernels, stretchClip } from '@tutti/dsp';
import { decodeFile } from '@tutti/media';
import { writeClip } from './signals/sound-file.ts';

const [input, output, ratio] = argv.slice(2);
if (!input || !output || !ratio) throw new Error('usage: stretch-file.ts IN OUT.wav RATIO');
const { clip } = await decodeFile(input);
await writeClip(output, stretchClip(new Kernels(), clip, Number(ratio)));
