/** What a person may be, each may do what those before may. */
export const ROLES = ['guest', 'listener', 'editor', 'owner'] as const;
export type Role = (typeof ROLES)[number];
