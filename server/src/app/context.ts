import { isAtLeast, type Role } from '@quietlist/contract/roles';
import type { Digest } from '../domain/history.ts';
import type { Clock, Ids, KeyRecord, Workspace } from './ports.ts';
import { Problem } from './problem.ts';

/** Who asks, and for whom: every use case works in this one workspace. */
export interface Caller {
  workspace: Workspace;
  key: Pick<KeyRecord, 'id' | 'name' | 'role'>;
  /** The id of the key as the history shows it. */
  actor: string;
}

/** What use cases need from the platform. */
export interface Platform {
  clock: Clock;
  ids: Ids;
  digest: Digest;
}

/** Refuses unless the caller's role has the rights of `needed`. `doing` completes “This needs …”. */
export function requireRole(caller: Caller, needed: Role, doing: string): void {
  if (!isAtLeast(caller.key.role, needed)) {
    throw new Problem('forbidden', `${doing} needs the role ${needed}; this key has the role ${caller.key.role}.`);
  }
}
