import type { MixPlan } from '../plan-schema.ts';
import { type EditedRequest, editRequest, type MixEdit } from './edit-request.ts';
import { type MixRequest, planRequest } from './mix-request.ts';

/** Steps that can be undone. */
const MOST_STEPS = 200;

/** What is asked for, and the plan of it. */
export interface MixState {
  readonly request: MixRequest;
  readonly plan: MixPlan;
}

/** A mix while it is edited: how it is, how it was, and what was undone. Nothing in it is ever changed. */
export interface EditHistory {
  readonly present: MixState;
  /** The oldest first. */
  readonly past: readonly MixState[];
  /** What redo comes to first. */
  readonly future: readonly MixState[];
}

export function beginHistory(present: MixState): EditHistory {
  return { present, past: [], future: [] };
}

/**
 * Edits a mix and plans it anew.
 * @throws MixingError 'invalid-option' when the edit names what is not there, or asks for what cannot be met; the history
 *   that was given is as it was
 */
export function applyEdit(
  history: EditHistory,
  edit: MixEdit,
): { readonly history: EditHistory } & Pick<EditedRequest, 'dropped'> {
  const { request, dropped } = editRequest(history.present.request, edit);
  return { history: goOn(history, { request, plan: planRequest(request) }), dropped };
}

/** The next state; what was undone is forgotten. */
export function goOn({ past, present }: EditHistory, next: MixState): EditHistory {
  return { present: next, past: [...past, present].slice(-MOST_STEPS), future: [] };
}

/** Null when there is nothing to undo. */
export function undo({ past, present, future }: EditHistory): EditHistory | null {
  const before = past.at(-1);
  return before ? { present: before, past: past.slice(0, -1), future: [present, ...future] } : null;
}

/** Null when there is nothing to redo. */
export function redo({ past, present, future }: EditHistory): EditHistory | null {
  const [after, ...later] = future;
  return after ? { present: after, past: [...past, present], future: later } : null;
}
