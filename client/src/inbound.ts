import type { InboundRequest, InboundResponse } from '@quietlist/contract/inbound';
import { limits } from '@quietlist/contract/limits';
import { isInboundRequest, isInboundResponse } from '@quietlist/contract/validators';
import { QuietlistError } from './errors.ts';
import { fieldErrorOf, invalidRequest } from './field-error.ts';
import type { Stamp } from './new-entry.ts';
import { personProblems, preparePerson } from './person.ts';
import type { Requests } from './requests.ts';
import { withStamp } from './stamp.ts';
import type { InboundMessage, RepeatOptions } from './types.ts';

/**
 * What became of one message. Throws whatever went wrong: an answer that cannot be used never means “go on”. Text beyond the limit
 * of the contract is left out, since a word or a phrase that opts out does not begin there, and no message is refused for its length.
 */
export const handleInbound = (requests: Requests, { person, ...message }: InboundMessage, { operationId }: RepeatOptions, stamp: Stamp): Promise<InboundResponse> => {
  const prepared = preparePerson(person);
  if ('problem' in prepared) throw new QuietlistError({ code: prepared.problem, message: personProblems[prepared.problem], hint: 'Say whom the message is from.' });
  const evidence = withStamp(message.evidence, stamp.evidence);
  const body: InboundRequest = {
    ...(Array.isArray(prepared.person) ? { addresses: prepared.person } : { address: prepared.person }),
    ...message,
    ...(message.text === undefined ? {} : { text: cut(message.text) }),
    ...(evidence === undefined ? {} : { evidence }),
  };
  if (!isInboundRequest(body)) throw invalidRequest(fieldErrorOf(isInboundRequest));
  return requests.write({ method: 'POST', path: '/v1/inbound', body }, isInboundResponse, operationId);
};

const cut = (text: string): string => (typeof text === 'string' ? text.slice(0, limits.inboundTextLength) : text);
