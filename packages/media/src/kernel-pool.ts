import { Kernels } from '@tutti/dsp';

/** Instances kept for the next file of this thread: two tracks of a transition, and one to look ahead. */
const MOST_IDLE = 3;

const idle: { readonly kernels: Kernels; readonly mark: number }[] = [];

/**
 * Lends kernels to one open file: files are closed in any order, and an arena frees only in order, so each file has an
 * arena of its own, whose memory the next file uses again.
 */
export function lendKernels(): { readonly kernels: Kernels; giveBack(): void } {
  const lent = idle.pop() ?? fresh();
  let out = true;
  return {
    kernels: lent.kernels,
    giveBack() {
      if (!out) return;
      out = false;
      lent.kernels.release(lent.mark);
      if (idle.length < MOST_IDLE) idle.push(lent);
    },
  };
}

function fresh() {
  const kernels = new Kernels();
  return { kernels, mark: kernels.mark() };
}
