/**
 * What an API key may do (DESIGN §2.6). Each role has the rights of the one before. An agent cannot touch the blacklist (A11).
 */
export const roles = {
  viewer: 'Reads lists, entries and history',
  agent: 'Also checks and opts out; never touches the blacklist',
  manager: 'Also blocks, and removes with consent',
  admin: 'Also manages lists, senders, keys and settings',
} as const;
export type Role = keyof typeof roles;

const order: Role[] = ['viewer', 'agent', 'manager', 'admin'];

/** Whether a key of role `role` has the rights of `needed`. */
export const isAtLeast = (role: Role, needed: Role): boolean => order.indexOf(role) >= order.indexOf(needed);
