// What stands out of each frame of a spectrum over time, and how much of that has moved by the next frame.

/** Partials of one frame: how many, then f64 positions and f64 weights, `capacity` of each. */
@unmanaged
class Partials {
  count: i32;
  positions: usize;
  weights: usize;
}

/** Frames, and what to look for in them. */
@unmanaged
class Search {
  bins: i32;
  /** Bins looked at, from `first` to before `end`; `around` to each side can be read. */
  first: i32;
  end: i32;
  around: i32;
  /** Roots of the present frame, f64[bins]. */
  roots: usize;
  prominence: f64;
  faintest: f64;
  heldBins: f64;
  sameBins: f64;
}

/** Bytes of scratch that `partialMotion` works in. */
export function partialMotionRoom(bins: i32): usize {
  return ((<usize>bins) << 3) * 5 + 2 * offsetof<Partials>() + offsetof<Search>() + 16;
}

/**
 * Prominent partials of each frame (local maxima on the fourth root of amplitude that are `prominence` times the mean of
 * the `around` bins to each side), and those of them whose nearest one in the next frame is more than `heldBins` and less
 * than `sameBins` away. Places are refined by a parabola.
 * @param frames f32[rows][bins]
 * @param scratch partialMotionRoom(bins) bytes, aligned to 16
 * @param moved f64[rows] and `all` f64[rows]: weight of the partials that move, and of all; 0 where nothing was found
 */
export function partialMotion(
  frames: usize,
  rows: i32,
  bins: i32,
  first: i32,
  end: i32,
  around: i32,
  prominence: f64,
  faintest: f64,
  heldBins: f64,
  sameBins: f64,
  scratch: usize,
  moved: usize,
  all: usize,
): void {
  const list = (<usize>bins) << 3;
  const search = changetype<Search>(scratch + 5 * list);
  let here = changetype<Partials>(scratch + 5 * list + offsetof<Search>());
  let next = changetype<Partials>(scratch + 5 * list + offsetof<Search>() + offsetof<Partials>());
  search.bins = bins;
  search.first = first;
  search.end = end;
  search.around = around;
  search.roots = scratch;
  search.prominence = prominence;
  search.faintest = faintest;
  search.heldBins = heldBins;
  search.sameBins = sameBins;
  here.positions = scratch + list;
  here.weights = scratch + 2 * list;
  next.positions = scratch + 3 * list;
  next.weights = scratch + 4 * list;
  here.count = 0;
  const rowBytes = (<usize>bins) << 2;
  for (let row = 0; row < rows; row++, frames += rowBytes) {
    fourthRoots(frames, search);
    findPartials(search, next);
    let weight: f64 = 0;
    for (let i = 0; i < next.count; i++) weight += load<f64>(next.weights + ((<usize>i) << 3));
    store<f64>(all + ((<usize>row) << 3), weight);
    if (row > 0) store<f64>(moved + ((<usize>(row - 1)) << 3), movedWeight(search, here, next));
    const swap = here;
    here = next;
    next = swap;
  }
  store<f64>(moved + ((<usize>(rows - 1)) << 3), 0);
}

function fourthRoots(frame: usize, search: Search): void {
  let bin = search.first - search.around;
  const end = search.end + search.around;
  for (; bin + 2 <= end; bin += 2) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(frame + ((<usize>bin) << 2)));
    v128.store(search.roots + ((<usize>bin) << 3), f64x2.sqrt(f64x2.sqrt(pair)));
  }
  if (bin < end) {
    const value = Math.sqrt(<f64>load<f32>(frame + ((<usize>bin) << 2)));
    store<f64>(search.roots + ((<usize>bin) << 3), Math.sqrt(value));
  }
}

function findPartials(search: Search, into: Partials): void {
  const width = 2 * search.around + 1;
  const reach = (<usize>search.around) << 3;
  let sum: f64 = 0;
  let count = 0;
  const start = search.roots + ((<usize>search.first) << 3);
  for (let at = start - reach; at < start + reach; at += 8) sum += load<f64>(at);
  for (let bin = search.first, at = start; bin < search.end; bin++, at += 8) {
    sum += load<f64>(at + reach);
    const below = load<f64>(at - 8);
    const centre = load<f64>(at);
    const above = load<f64>(at, 8);
    if (centre >= below && centre > above && centre > search.faintest) {
      const mean = sum / <f64>width;
      if (centre > search.prominence * mean) {
        const place = (<usize>count) << 3;
        store<f64>(into.positions + place, <f64>bin + (0.5 * (below - above)) / (below - 2 * centre + above));
        store<f64>(into.weights + place, centre / mean - 1);
        count++;
      }
    }
    sum -= load<f64>(at - reach);
  }
  into.count = count;
}

/** Weight of those partials whose nearest one in the next frame is near, but elsewhere. */
function movedWeight(search: Search, here: Partials, next: Partials): f64 {
  let weight: f64 = 0;
  if (next.count === 0) return 0;
  const last = next.positions + ((<usize>(next.count - 1)) << 3);
  let at = next.positions;
  for (let i: usize = 0, end = (<usize>here.count) << 3; i < end; i += 8) {
    const position = load<f64>(here.positions + i);
    let distance = Math.abs(load<f64>(at) - position);
    while (at < last) {
      const further = Math.abs(load<f64>(at, 8) - position);
      if (further > distance) break;
      distance = further;
      at += 8;
    }
    if (distance > search.heldBins && distance < search.sameBins) weight += load<f64>(here.weights + i);
  }
  return weight;
}
