import type { Evidence, NewEntry } from '@quietlist/contract/entry';
import type { Kind, Source } from '@quietlist/contract/vocabulary';
import { isAddEntriesRequest } from '@quietlist/contract/validators';
import { fieldErrorOf, sentenceOf } from './field-error.ts';
import { jsonBytes, personProblems, preparePerson } from './person.ts';
import { withStamp } from './stamp.ts';
import type { AddOutcome, BlacklistItem, OptOutItem } from './types.ts';
import type { PreparedItem } from './write-many.ts';

/** What the client stamps on every write by itself. */
export interface Stamp {
  source: Source | undefined;
  evidence: Evidence;
}

/** An item as the service takes it, or `invalid` with the field that is wrong: one bad item never takes others along. */
export const prepareEntry = (kind: Kind, { person, ...fields }: BlacklistItem | OptOutItem, stamp: Stamp): PreparedItem<NewEntry, AddOutcome> => {
  const prepared = preparePerson(person);
  if ('problem' in prepared) return invalid(prepared.problem, personProblems[prepared.problem]);
  const source = fields.source ?? stamp.source;
  const evidence = withStamp(fields.evidence, stamp.evidence);
  const entry: NewEntry = {
    kind,
    ...(Array.isArray(prepared.person) ? { addresses: prepared.person } : { address: prepared.person }),
    ...fields,
    ...(source === undefined ? {} : { source }),
    ...(evidence === undefined ? {} : { evidence }),
  };
  if (isAddEntriesRequest({ entries: [entry] })) return { item: entry, bytes: jsonBytes(entry) };
  return invalid('invalid_item', sentenceOf(fieldErrorOf(isAddEntriesRequest, '/entries/0')));
};

const invalid = (code: string, message: string): PreparedItem<NewEntry, AddOutcome> => ({ outcome: { outcome: 'invalid', entries: [], code, message } });
