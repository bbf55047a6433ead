import type { Consent } from '@quietlist/contract/entry';
import { instantOf } from '../domain/instant.ts';
import { Problem } from './problem.ts';

/** Refuses a consent that was given on no real day, or is still to be given. */
export function requirePastConsent(consent: Consent | undefined, now: number): void {
  if (!consent) return;
  const at = instantOf(consent.at);
  if (at !== null && at <= now) return;
  throw new Problem('invalid-request', 'The field /consent/at is not valid: consent was given at a past instant.', [{ pointer: '/consent/at', message: 'Not a past instant.' }]);
}
