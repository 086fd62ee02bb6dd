import type { Warnings } from '../../warnings.ts';

/** Codecs that keep every sample, by ffmpeg's names (besides all `pcm_…`). */
const LOSSLESS = new Set([
  'flac',
  'alac',
  'wavpack',
  'tta',
  'tak',
  'ape',
  'mlp',
  'truehd',
  'shorten',
  'als',
  'wmalossless',
]);

/** Longest line that is kept; metadata can be of any length. */
const MAXIMUM_LINE = 2000;

/** Reads what ffmpeg says on stderr (`-loglevel level+info`): the input's format, and what went wrong. */
export class FfmpegReport {
  container = 'unknown';
  codec = 'unknown';
  bitsPerSample: number | undefined;
  seconds: number | null = null;
  /** The last complaint, for the message when nothing could be decoded. */
  lastError = '';
  readonly #warnings: Warnings;
  #rest = '';

  constructor(warnings: Warnings) {
    this.#warnings = warnings;
  }

  get lossless(): boolean {
    return this.codec.startsWith('pcm_') || LOSSLESS.has(this.codec);
  }

  take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop()!.slice(0, MAXIMUM_LINE);
    for (const line of lines) this.#line(line.slice(0, MAXIMUM_LINE));
  }

  #line(line: string): void {
    const complaint = /^(?:\[([^\]@]+?)(?: @ 0x[0-9a-f]+)?\] )?\[(error|fatal|panic)\] (.*)$/.exec(line);
    if (complaint) {
      const [, part, , what] = complaint;
      // The message names the file again, by the address that it was given under: not for people.
      this.lastError = what!.replace(/file:.*: (?=[^:]*$)/, '');
      this.#warnings.add(`ffmpeg${part ? ` (${part})` : ''}: ${this.lastError}`);
      return;
    }
    // Metadata lines are indented deeper, so no tag can pass for one of these.
    const input = /^\[info\] Input #0, ([^ ]+), from /.exec(line);
    if (input) this.container = input[1]!.split(',')[0]!;
    const duration = /^\[info\] {3}Duration: (\d+):(\d\d):(\d\d\.\d+)/.exec(line);
    if (duration) this.seconds = Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]);
    const stream = /^\[info\] {3}Stream #0:\d+[^:]*: Audio: (\w+)(.*)$/.exec(line);
    if (stream && this.codec === 'unknown') {
      this.codec = stream[1]!;
      const bits = /\((\d+) bit\)/.exec(stream[2]!) ?? /, [su](\d+)p?(?:,|$| )/.exec(stream[2]!);
      if (bits && this.lossless) this.bitsPerSample = Number(bits[1]);
    }
  }
}
