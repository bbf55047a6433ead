import type { Evidence } from '@quietlist/contract/entry';
import { limits } from '@quietlist/contract/limits';
import { isAddEntriesRequest } from '@quietlist/contract/validators';

/**
 * Makes the evidence that is stamped on writes by itself fit the contract: a workflow whose name is too long or holds a line
 * break must never be why an opt-out is refused. What a user gives is not touched; a mistake in it is reported.
 */
export const cleanEvidence = (evidence: Evidence): Evidence => {
  const fields = Object.entries(evidence).map(([name, value]) => [name, typeof value === 'string' ? cleanText(value) : value] as const);
  return Object.fromEntries(fields.filter(([name, value]) => isAddEntriesRequest({ entries: [{ kind: 'block', evidence: { [name]: value } }] })));
};

const cleanText = (text: string): string =>
  text
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
    .slice(0, limits.evidenceValueLength)
    .replace(/[\ud800-\udfff]/gu, '?');

/** What the user gave goes first; of the stamped fields only as many as there is room for. */
export const withStamp = (given: Evidence | undefined, stamped: Evidence): Evidence | undefined => {
  const room = limits.evidenceFields - Object.keys(given ?? {}).length;
  const added = Object.entries(stamped).filter(([name]) => !Object.hasOwn(given ?? {}, name));
  const evidence = { ...Object.fromEntries(added.slice(0, Math.max(0, room))), ...given };
  return Object.keys(evidence).length > 0 ? evidence : given;
};
