import type { PartialMotion, PartialSearch } from './partial-motion.ts';

interface Partial {
  readonly position: number;
  readonly weight: number;
}

/** The definition, plainly. */
export function partialMotionTwin(frames: Float32Array, bins: number, search: PartialSearch): PartialMotion {
  const floor = search.faintest * frames.reduce((a, b) => Math.max(a, b), 0);
  const rows = Array.from({ length: Math.floor(frames.length / bins) }, (_, row) =>
    partialsOf(frames.subarray(row * bins, (row + 1) * bins), search, floor),
  );
  const weightOf = (partials: readonly Partial[]) => partials.reduce((sum, { weight }) => sum + weight, 0);
  const moves = (partial: Partial, next: readonly Partial[]) => {
    const distance = Math.min(...next.map(({ position }) => Math.abs(position - partial.position)));
    return distance > search.heldBins && distance < search.sameBins;
  };
  return {
    all: Float64Array.from(rows, weightOf),
    moved: Float64Array.from(rows, (partials, row) =>
      weightOf(partials.filter((partial) => moves(partial, rows[row + 1] ?? []))),
    ),
  };
}

function partialsOf(frame: Float32Array, search: PartialSearch, floor: number): Partial[] {
  const { first, end, around, prominence } = search;
  const roots = Float64Array.from(frame, (amplitude) => amplitude ** 0.25);
  const partials: Partial[] = [];
  for (let bin = first; bin < end; bin++) {
    const [below, centre, above] = [roots[bin - 1]!, roots[bin]!, roots[bin + 1]!];
    const neighbours = roots.subarray(bin - around, bin + around + 1);
    const mean = neighbours.reduce((sum, root) => sum + root, 0) / neighbours.length;
    if (centre < below || centre <= above || frame[bin]! <= floor || centre <= prominence * mean) continue;
    const position = bin + (0.5 * (below - above)) / (below - 2 * centre + above);
    partials.push({ position, weight: centre / mean - 1 });
  }
  return partials;
}
