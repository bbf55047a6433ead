import type { CreateLinksRequest, LinkResult, NewLink } from '@quietlist/contract/link';
import { isCreateLinksRequest, isCreateLinksResponse } from '@quietlist/contract/validators';
import { fieldErrorOf, sentenceOf } from './field-error.ts';
import { jsonBytes, personProblems, preparePerson } from './person.ts';
import type { LinkItem, LinkOutcome } from './types.ts';
import type { WriteReading } from './write-answer.ts';
import type { PreparedItem } from './write-many.ts';

const noLink = (code: string, message: string): PreparedItem<NewLink, LinkOutcome> => ({ outcome: { url: null, headers: null, code, message } });

/** An item as the service takes it, or what is wrong with it: one bad item never takes others along. A link is for one address. */
export const prepareLink = ({ person, ...scope }: LinkItem): PreparedItem<NewLink, LinkOutcome> => {
  const prepared = preparePerson(person);
  if ('problem' in prepared) return noLink(prepared.problem, personProblems[prepared.problem]);
  if (Array.isArray(prepared.person)) return noLink('invalid_contact', 'A link is for one address. Make one for each.');
  const link: NewLink = { address: prepared.person, ...scope };
  if (isCreateLinksRequest({ links: [link] })) return { item: link, bytes: jsonBytes(link) };
  return noLink('invalid_item', sentenceOf(fieldErrorOf(isCreateLinksRequest, '/links/0')));
};

/** A link is usable when it can be followed and its headers name it, in one line each: they go into a message as they are. */
const isUsable = ({ url, headers }: LinkResult): boolean =>
  url !== null && headers !== null && /^https?:\/\/[^\s<>]+$/.test(url) && headers['List-Unsubscribe'].startsWith(`<${url}>`) && Object.values(headers).every((value) => /^[ -~]+$/.test(value));

/** A link that is not whole is worse than none: whoever follows it would believe to have opted out. */
export const readLinksAnswer = (body: unknown, request: CreateLinksRequest): WriteReading<LinkOutcome> => {
  if (!isCreateLinksResponse(body)) return { flaw: 'it does not have the shape of links' };
  if (body.results.length !== request.links.length || body.results.some(({ index }, place) => index !== place)) return { flaw: 'it does not answer each item once' };
  const isWrong = (result: LinkResult): boolean => (result.code === undefined ? !isUsable(result) : result.url !== null || result.headers !== null);
  if (body.results.some(isWrong)) return { flaw: 'it holds a link that cannot be used' };
  return { outcomes: body.results.map(({ index: _index, ref: _ref, ...outcome }) => outcome) };
};
