function bessel0(x: number): number {
  let sum = 1;
  for (let k = 1, term = 1; term > 1e-17 * sum; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

/** Taps at the distances 1, 3, 5, ... of the half-band filter; the middle one is 1/2. */
export function halfBandTapsTwin(sampleRate: number, passHz: number): Float64Array {
  const length = (80 - 8) / (2.285 * 2 * Math.PI * (0.5 - (2 * passHz) / sampleRate)) + 1;
  const pairs = Math.ceil((length + 1) / 4);
  const beta = 0.1102 * (80 - 8.7);
  const taps = Float64Array.from({ length: pairs }, (_, j) => {
    const distance = 2 * j + 1;
    const kaiser = bessel0(beta * Math.sqrt(1 - (distance / (2 * pairs)) ** 2)) / bessel0(beta);
    return (Math.sin((Math.PI * distance) / 2) / (Math.PI * distance)) * kaiser;
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => (0.25 * tap) / sum);
}

/** Every second sample of the filtered signal; silence before its start and behind its end. */
export function halveRateTwin(signal: Float64Array, taps: Float64Array): Float64Array {
  const halved = new Float64Array(Math.ceil(signal.length / 2));
  const margin = 2 * taps.length;
  const padded = new Float64Array(signal.length + 2 * margin);
  padded.set(signal, margin);
  for (let m = 0; m < halved.length; m++) {
    const middle = margin + 2 * m;
    let sum = 0.5 * padded[middle]!;
    for (let j = 0; j < taps.length; j++) sum += taps[j]! * (padded[middle + 2 * j + 1]! + padded[middle - 2 * j - 1]!);
    halved[m] = sum;
  }
  return halved;
}
