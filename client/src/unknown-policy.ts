import { QuietlistError } from './errors.ts';
import type { CheckDecision } from './types.ts';

/** What a flow does with `unknown`: hold it (default), stop with an error, or “Send anyway (unsafe)”. */
export type UnknownPolicy = 'suppress' | 'error' | 'allow';

export interface PolicyDecision extends CheckDecision {
  /** The service did not allow this; the user's “Send anyway (unsafe)” did. Count it and show it. */
  overridden: boolean;
}

/**
 * The one place where “Send anyway (unsafe)” exists. `mayContact` of the result is true only for `allow`, or for `unknown` under that
 * policy; a missing contact stays held under every policy, since there is nobody to send to. Policy `error` throws on `unknown`.
 */
export const applyUnknownPolicy = (decision: CheckDecision, policy: UnknownPolicy): PolicyDecision => {
  if (decision.decision !== 'unknown') return { ...decision, mayContact: decision.decision === 'allow' && decision.mayContact, overridden: false };
  if (policy === 'error') {
    throw decision.error ?? new QuietlistError({ code: decision.code, message: decision.explanation, hint: 'Correct the contact, or let the flow hold it instead of stopping.' });
  }
  const overridden = policy === 'allow' && decision.code !== 'missing_contact';
  return { ...decision, mayContact: overridden, overridden };
};
