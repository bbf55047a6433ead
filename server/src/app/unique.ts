import { UniqueConflict } from './ports.ts';
import { Problem } from './problem.ts';

/** Answers `conflict` where the store says that a name or number is taken. */
export async function orConflict<T>(write: Promise<T>, detail: string, pointer: string): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof UniqueConflict) throw new Problem('conflict', detail, [{ pointer, message: 'Taken.' }]);
    throw error;
  }
}
