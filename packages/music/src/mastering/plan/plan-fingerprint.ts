import type { MasterPlan } from '../plan-schema.ts';

type Rendered = Pick<MasterPlan, 'stages' | 'output'>;

/** FNV-1a: G. Fowler, L. C. Noll, K.-P. Vo and D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm" (IETF draft). */
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** Tells apart what a render follows; words and the order of fields do not count. Eight hexadecimal digits. */
export function renderFingerprint({ stages, output }: Rendered): string {
  const text = JSON.stringify([stages, output], (_, value: unknown) => sorted(value));
  let hash = OFFSET_BASIS;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'reason')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Whether what a plan expects was worked out for the stages that it has: nobody changed them since. */
export function isAsPlanned(plan: MasterPlan): boolean {
  return plan.expected.workedOutFor === renderFingerprint(plan);
}
