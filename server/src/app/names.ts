import { defaultListId } from '@quietlist/contract/vocabulary';
import { Problem } from './problem.ts';

/**
 * Refuses a name that reads as an id, or as “every list”: lists and senders are named by id or by name, and a list called “default”
 * would never be the one that is checked.
 */
export function requireFreeName(name: string | undefined): void {
  if (name === undefined || !(name === '*' || name === defaultListId || /^(lst|snd)_[0-9a-z]+$/.test(name))) return;
  throw new Problem('invalid-request', 'This name is kept for ids. Choose another one.', [{ pointer: '/name', message: 'Kept for ids.' }]);
}
