import { splitContacts } from '@quietlist/client/contacts';
import type { Person } from '@quietlist/client/types';

/**
 * The people that a value names: one contact, a text with commas, or an array of contacts (A5). An array within an array is one
 * person with several addresses. What is no contact at all is left for the client to refuse, never dropped.
 */
export const peopleOf = (value: unknown): Person[] => (Array.isArray(value) ? value.flatMap(contactsIn) : contactsIn(value));

const contactsIn = (value: unknown): Person[] => {
  if (value === undefined || value === null) return [];
  return typeof value === 'string' ? splitContacts(value) : [value as Person];
};
