// The arena: a bump allocator over linear memory. Allocation is the only place where memory grows, and processing
// functions never allocate. Everything allocated after a mark is freed by releasing the mark.

const ALIGNMENT: usize = 16;

let top: usize = (__heap_base + (ALIGNMENT - 1)) & ~(ALIGNMENT - 1);

/** Reserves `bytes`, aligned to 16 and zeroed; 0 when memory cannot grow that far. */
export function arenaAllocate(bytes: usize): usize {
  const start = top;
  const end = (start + bytes + (ALIGNMENT - 1)) & ~(ALIGNMENT - 1);
  if (end < start) return 0;
  const available = (<usize>memory.size()) << 16;
  if (end > available) {
    const pages = <i32>((end - available + 0xffff) >>> 16);
    if (memory.grow(pages) < 0) return 0;
  }
  top = end;
  memory.fill(start, 0, end - start);
  return start;
}

/** The present top of the arena, for `arenaRelease`. */
export function arenaMark(): usize {
  return top;
}

/** Frees everything that was allocated after `mark` was taken. */
export function arenaRelease(mark: usize): void {
  top = mark;
}
