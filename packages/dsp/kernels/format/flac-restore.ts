// From residual to samples: the predictions of FLAC undone, in place (RFC 9639, sections 9.2.5 and 9.2.6).

/** Quantised predictor coefficients of the subframe at hand, most recent sample first (i32[32]). */
export const coefficients: usize = memory.data(32 * 4);

/** Adds the fixed prediction of order 0 to 4. 32 bits wrap around to the right result. */
export function restoreFixed(target: usize, frames: i32, order: i32): void {
  if (order === 0) return;
  const end = target + ((<usize>frames) << 2);
  let p = target + ((<usize>order) << 2);
  // The last sample and its differences: each order adds one more up.
  let value = load<i32>(p - 4);
  if (order === 1) {
    for (; p < end; p += 4) {
      value += load<i32>(p);
      store<i32>(p, value);
    }
    return;
  }
  let first = value - load<i32>(p - 8);
  if (order === 2) {
    for (; p < end; p += 4) {
      first += load<i32>(p);
      value += first;
      store<i32>(p, value);
    }
    return;
  }
  let second = first - (load<i32>(p - 8) - load<i32>(p - 12));
  if (order === 3) {
    for (; p < end; p += 4) {
      second += load<i32>(p);
      first += second;
      value += first;
      store<i32>(p, value);
    }
    return;
  }
  let third = second - (load<i32>(p - 8) - 2 * load<i32>(p - 12) + load<i32>(p - 16));
  for (; p < end; p += 4) {
    third += load<i32>(p);
    second += third;
    first += second;
    value += first;
    store<i32>(p, value);
  }
}

/** Adds the linear prediction; A, i32 or i64, is what the sum needs. */
export function restoreLinear<A>(target: usize, frames: i32, order: i32, shift: i32): void {
  if (order > 12) {
    restoreLong<A>(target, order, frames, order, shift);
    return;
  }
  // With coefficients of 0 behind the last one, every order is one of eight or of twelve.
  for (let k = order; k < 12; k++) store<i32>(coefficients + ((<usize>k) << 2), 0);
  const taps = order > 8 ? 12 : 8;
  restoreLong<A>(target, order, min(taps, frames), order, shift);
  if (frames <= taps) return;
  if (taps === 8) restore8<A>(target, frames, shift);
  else restore12<A>(target, frames, shift);
}

/** Samples `from` to `to`, any order. */
function restoreLong<A>(target: usize, from: i32, to: i32, order: i32, shift: i32): void {
  for (let i = from; i < to; i++) {
    const out = target + ((<usize>i) << 2);
    let at = out;
    let sum: A = 0;
    for (let k = coefficients, end = coefficients + ((<usize>order) << 2); k < end; k += 4) {
      at -= 4;
      sum += <A>load<i32>(k) * <A>load<i32>(at);
    }
    store<i32>(out, load<i32>(out) + <i32>(sum >> <A>shift));
  }
}

// Eight and twelve taps with the history in locals: no load waits for the store just before it.
function restore8<A>(target: usize, frames: i32, shift: i32): void {
  const c0 = <A>load<i32>(coefficients);
  const c1 = <A>load<i32>(coefficients, 4);
  const c2 = <A>load<i32>(coefficients, 8);
  const c3 = <A>load<i32>(coefficients, 12);
  const c4 = <A>load<i32>(coefficients, 16);
  const c5 = <A>load<i32>(coefficients, 20);
  const c6 = <A>load<i32>(coefficients, 24);
  const c7 = <A>load<i32>(coefficients, 28);
  let s7 = <A>load<i32>(target);
  let s6 = <A>load<i32>(target, 4);
  let s5 = <A>load<i32>(target, 8);
  let s4 = <A>load<i32>(target, 12);
  let s3 = <A>load<i32>(target, 16);
  let s2 = <A>load<i32>(target, 20);
  let s1 = <A>load<i32>(target, 24);
  let s0 = <A>load<i32>(target, 28);
  const end = target + ((<usize>frames) << 2);
  for (let p = target + 32; p < end; p += 4) {
    const sum = c7 * s7 + c6 * s6 + (c5 * s5 + c4 * s4) + (c3 * s3 + c2 * s2) + c1 * s1 + c0 * s0;
    s7 = s6;
    s6 = s5;
    s5 = s4;
    s4 = s3;
    s3 = s2;
    s2 = s1;
    s1 = s0;
    // In 32 bits, where a prediction beyond full scale wraps around to the right sample.
    const next: i32 = load<i32>(p) + <i32>(sum >> <A>shift);
    s0 = <A>next;
    store<i32>(p, next);
  }
}

function restore12<A>(target: usize, frames: i32, shift: i32): void {
  const c0 = <A>load<i32>(coefficients);
  const c1 = <A>load<i32>(coefficients, 4);
  const c2 = <A>load<i32>(coefficients, 8);
  const c3 = <A>load<i32>(coefficients, 12);
  const c4 = <A>load<i32>(coefficients, 16);
  const c5 = <A>load<i32>(coefficients, 20);
  const c6 = <A>load<i32>(coefficients, 24);
  const c7 = <A>load<i32>(coefficients, 28);
  const c8 = <A>load<i32>(coefficients, 32);
  const c9 = <A>load<i32>(coefficients, 36);
  const c10 = <A>load<i32>(coefficients, 40);
  const c11 = <A>load<i32>(coefficients, 44);
  let s11 = <A>load<i32>(target);
  let s10 = <A>load<i32>(target, 4);
  let s9 = <A>load<i32>(target, 8);
  let s8 = <A>load<i32>(target, 12);
  let s7 = <A>load<i32>(target, 16);
  let s6 = <A>load<i32>(target, 20);
  let s5 = <A>load<i32>(target, 24);
  let s4 = <A>load<i32>(target, 28);
  let s3 = <A>load<i32>(target, 32);
  let s2 = <A>load<i32>(target, 36);
  let s1 = <A>load<i32>(target, 40);
  let s0 = <A>load<i32>(target, 44);
  const end = target + ((<usize>frames) << 2);
  for (let p = target + 48; p < end; p += 4) {
    const old = c11 * s11 + c10 * s10 + (c9 * s9 + c8 * s8) + (c7 * s7 + c6 * s6);
    const sum = old + (c5 * s5 + c4 * s4) + (c3 * s3 + c2 * s2) + c1 * s1 + c0 * s0;
    s11 = s10;
    s10 = s9;
    s9 = s8;
    s8 = s7;
    s7 = s6;
    s6 = s5;
    s5 = s4;
    s4 = s3;
    s3 = s2;
    s2 = s1;
    s1 = s0;
    // In 32 bits, where a prediction beyond full scale wraps around to the right sample.
    const next: i32 = load<i32>(p) + <i32>(sum >> <A>shift);
    s0 = <A>next;
    store<i32>(p, next);
  }
}

/** As `restoreFixed`, for the 33-bit side channel: samples in 64 bits, residuals apart. */
export function restoreFixedWide(target: usize, residual: usize, frames: i32, order: i32): void {
  for (let i = <usize>order; i < <usize>frames; i++) {
    const at = target + (i << 3);
    let value = <i64>load<i32>(residual + (i << 2));
    if (order === 1) value += load<i64>(at - 8);
    else if (order === 2) value += 2 * load<i64>(at - 8) - load<i64>(at - 16);
    else if (order === 3) value += 3 * (load<i64>(at - 8) - load<i64>(at - 16)) + load<i64>(at - 24);
    else if (order === 4) {
      value += 4 * (load<i64>(at - 8) + load<i64>(at - 24)) - 6 * load<i64>(at - 16) - load<i64>(at - 32);
    }
    store<i64>(at, value);
  }
}

/** As `restoreLinear`, for the 33-bit side channel. */
export function restoreLinearWide(target: usize, residual: usize, frames: i32, order: i32, shift: i32): void {
  for (let i = <usize>order; i < <usize>frames; i++) {
    let at = target + (i << 3);
    const out = at;
    let sum: i64 = 0;
    for (let k = coefficients, end = coefficients + ((<usize>order) << 2); k < end; k += 4) {
      at -= 8;
      sum += <i64>load<i32>(k) * load<i64>(at);
    }
    store<i64>(out, <i64>load<i32>(residual + (i << 2)) + (sum >> <i64>shift));
  }
}
