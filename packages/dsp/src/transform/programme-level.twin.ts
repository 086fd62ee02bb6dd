/** What the amplitudes of a programme are multiplied by before they are compressed: 10 over its level. */
export class ProgrammeLevelTwin {
  gain = 0;
  readonly #keep: number;
  readonly #past: number[] = [];

  constructor(frameRate: number) {
    this.#keep = Math.exp(-1 / (10 * frameRate));
  }

  /** The level is the mean of the past, fading over 10 s, weighted by itself; followed when it is off by a tenth. */
  add(amplitude: number): void {
    if (amplitude <= 1e-7) return;
    this.#past.push(amplitude);
    let [levels, squares] = [0, 0];
    this.#past.forEach((past, i) => {
      const weight = this.#keep ** (this.#past.length - 1 - i);
      levels += weight * past;
      squares += weight * past * past;
    });
    const level = squares / levels;
    if (this.gain === 0 || Math.abs(Math.log((level * this.gain) / 10)) >= Math.log(1.1)) this.gain = 10 / level;
  }
}
