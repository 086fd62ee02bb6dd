// What running sums of spectra say of the spectra between two moments.

/** A moment between two rows of running sums: the row before it, and how much of the next has passed. */
@unmanaged
class Place {
  row: usize;
  part: f64;
}

/** Bytes of scratch that `harmonicChanges` and `classMeans` work in. */
export function placesRoom(): usize {
  return 3 * offsetof<Place>();
}

function find(place: usize, sums: usize, frames: i32, bins: i32, moment: f64): void {
  const frame = min(frames - 1, <i32>moment);
  const target = changetype<Place>(place);
  target.row = sums + ((<usize>(frame * bins)) << 3);
  target.part = moment - <f64>frame;
}

/** The sum before a place in one bin: between two frames it grows evenly. */
function sumBefore(place: Place, offset: usize, rowBytes: usize): f64 {
  const below = load<f64>(place.row + offset);
  return below + place.part * (load<f64>(place.row + rowBytes + offset) - below);
}

/**
 * 1 - cosine between the mean spectra before and after a moment, at least 0; 0 where one of them is silence.
 * @param sums f64[frames + 1][bins]
 * @param moments f64[count][3]: from where, the moment, and to where, in frames, 0 to `frames`, ascending
 * @param scratch placesRoom() bytes, aligned to 8
 * @param target f64[count]
 */
export function harmonicChanges(
  sums: usize,
  frames: i32,
  bins: i32,
  moments: usize,
  count: i32,
  scratch: usize,
  target: usize,
): void {
  const rowBytes = (<usize>bins) << 3;
  const from = changetype<Place>(scratch);
  const here = changetype<Place>(scratch + offsetof<Place>());
  const to = changetype<Place>(scratch + 2 * offsetof<Place>());
  for (let i = 0; i < count; i++, moments += 24, target += 8) {
    find(changetype<usize>(from), sums, frames, bins, load<f64>(moments));
    find(changetype<usize>(here), sums, frames, bins, load<f64>(moments, 8));
    find(changetype<usize>(to), sums, frames, bins, load<f64>(moments, 16));
    let product: f64 = 0;
    let before: f64 = 0;
    let after: f64 = 0;
    for (let offset: usize = 0; offset < rowBytes; offset += 8) {
      const middle = sumBefore(here, offset, rowBytes);
      const a = middle - sumBefore(from, offset, rowBytes);
      const b = sumBefore(to, offset, rowBytes) - middle;
      product += a * b;
      before += a * a;
      after += b * b;
    }
    store<f64>(target, before > 0 && after > 0 ? max<f64>(0, 1 - product / Math.sqrt(before * after)) : 0);
  }
}

/**
 * Mean over stretches of the sum of all bins of a class, bin b being of class b modulo `classes`.
 * @param sums f64[frames + 1][bins]
 * @param spans f64[count][2]: from where to where, in frames, 0 to `frames`, longer than 0
 * @param scratch placesRoom() bytes, aligned to 8
 * @param target f64[count][classes], zeroed
 */
export function classMeans(
  sums: usize,
  frames: i32,
  bins: i32,
  classes: i32,
  spans: usize,
  count: i32,
  scratch: usize,
  target: usize,
): void {
  const rowBytes = (<usize>bins) << 3;
  const from = changetype<Place>(scratch);
  const to = changetype<Place>(scratch + offsetof<Place>());
  for (let i = 0; i < count; i++, spans += 16, target += (<usize>classes) << 3) {
    find(changetype<usize>(from), sums, frames, bins, load<f64>(spans));
    find(changetype<usize>(to), sums, frames, bins, load<f64>(spans, 8));
    const scale = 1 / (load<f64>(spans, 8) - load<f64>(spans));
    for (let bin = 0; bin < bins; bin++) {
      const offset = (<usize>bin) << 3;
      const mean = scale * (sumBefore(to, offset, rowBytes) - sumBefore(from, offset, rowBytes));
      const at = target + ((<usize>(bin % classes)) << 3);
      store<f64>(at, load<f64>(at) + mean);
    }
  }
}
