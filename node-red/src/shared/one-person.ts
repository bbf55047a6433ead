import type { NodeAPI } from 'node-red';
import { QuietlistError } from '@quietlist/client/errors';
import type { Person } from '@quietlist/client/types';
import { peopleOf } from './people.ts';

/** The one person that a value names. Nobody is an empty contact, which the client refuses in its own words. */
export const onePersonOf = (RED: NodeAPI, value: unknown): Person => {
  const [person = '', ...others] = peopleOf(value);
  if (others.length > 0) throw new QuietlistError({ code: 'several_contacts', message: RED._('error.several_contacts'), hint: RED._('error.several_contacts_hint') });
  return person;
};
