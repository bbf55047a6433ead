/**
 * Codes of a decision and what people read for them. “Optout Number” is the broadcaster report's own word (B15).
 * An address that cannot be read has the code of `address-problems.ts` instead.
 */
export const decisionLabels = {
  clear: 'Clear to send',
  blacklisted: 'Blacklisted',
  optout_number: 'Optout Number',
} as const;

/** Codes that only a client gives: why no answer of the service could be trusted. */
export const clientDecisionLabels = {
  unreachable: 'Service unreachable',
  timed_out: 'Service did not answer in time',
  circuit_open: 'Service unreachable, not asked again yet',
  malformed_answer: 'Answer not understood',
  refused: 'Check refused by the service',
  missing_contact: 'No contact given',
  invalid_contact: 'Contact not valid',
  invalid_request: 'Check not valid',
} as const;

export const unreadableLabel = 'Unreadable address';
