import { writeFileSync } from 'node:fs';

const SAMPLE_RATE = 44_100;

interface SmallSong {
  readonly bpm: number;
  readonly seconds: number;
  readonly rootHz: number;
  /** Linear gains; 1 unless told. */
  readonly drums?: number;
  readonly bass?: number;
}

/** A 16-bit mono WAV file of a kick on every beat, a hat between, and a bass note that changes every bar. */
export function writeSmallSong(path: string, { bpm, seconds, rootHz, drums = 1, bass = 1 }: SmallSong): void {
  const frames = Math.round(seconds * SAMPLE_RATE);
  const samples = new Float64Array(frames);
  const beatFrames = (60 / bpm) * SAMPLE_RATE;
  const steps = [1, 4 / 3, 3 / 2, 1];
  for (let half = 0; half * beatFrames * 0.5 < frames; half++) {
    const start = Math.round(half * beatFrames * 0.5);
    const onBeat = half % 2 === 0;
    const bar = Math.floor(half / 8);
    const accent = half % 8 === 0 ? 1 : 0.7;
    for (let i = 0; i < 0.2 * SAMPLE_RATE && start + i < frames; i++) {
      const time = i / SAMPLE_RATE;
      const kick =
        accent * Math.exp(-time / 0.06) * Math.sin(2 * Math.PI * (50 * time + 8 * (1 - Math.exp(-time / 0.02))));
      const hat = 0.15 * Math.exp(-time / 0.02) * Math.sin(2 * Math.PI * 9000 * time + 40 * Math.sin(i * i));
      samples[start + i]! += drums * 0.6 * (onBeat ? kick : hat);
    }
    for (let i = 0; i < beatFrames * 0.5 && start + i < frames; i++) {
      const time = (start + i) / SAMPLE_RATE;
      const note = rootHz * steps[bar % 4]!;
      samples[start + i]! +=
        bass * 0.12 * (Math.sin(2 * Math.PI * note * time) + 0.6 * Math.sin(2 * Math.PI * note * 2.5 * time));
    }
  }
  const file = Buffer.alloc(44 + frames * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + frames * 2, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(frames * 2, 40);
  samples.forEach((value, i) => {
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), 44 + i * 2);
  });
  writeFileSync(path, file);
}
