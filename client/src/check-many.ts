import type { CheckRequest } from '@quietlist/contract/check';
import { clientDecisionLabels } from '@quietlist/contract/decision-codes';
import { limits } from '@quietlist/contract/limits';
import { isCheckRequest } from '@quietlist/contract/validators';
import { readCheckAnswer } from './check-answer.ts';
import { Chunks } from './chunks.ts';
import { clientError, QuietlistError } from './errors.ts';
import { fieldErrorOf, invalidRequest } from './field-error.ts';
import { isPlainText, jsonBytes, personProblems, preparePerson } from './person.ts';
import type { CheckDecision, CheckOptions } from './types.ts';

type UnknownCode = keyof typeof clientDecisionLabels;

/** Many people are asked about in requests of half of what the service takes, two at a time: one is prepared, or read, while the service works on another. */
const peoplePerRequest = limits.itemsPerRequest / 2;
const requestsInFlight = 2;

/** Sends one request and answers the JSON of a 200; throws `QuietlistError` otherwise. */
export interface CheckSender {
  send(request: CheckRequest): Promise<unknown>;
  /** Whether nobody knows if the service can be reached: then one request finds out, and the others wait for it. */
  isProbing: boolean;
}

/**
 * One decision a person, in their order; never throws. Whoever the service did not clearly allow, in a complete answer to this very
 * question, is held or unknown.
 */
export const checkMany = async ({ send, isProbing }: CheckSender, people: readonly unknown[], options: CheckOptions): Promise<CheckDecision[]> => {
  const decisions = new Array<CheckDecision | undefined>(people.length).fill(undefined);
  try {
    const scope = scopeOf(options);
    if (!isCheckRequest({ ...scope, recipients: ['+15555550100'] })) throw invalidRequest(fieldErrorOf(isCheckRequest));
    const chunks = prepare(people, decisions);
    const waiting = chunks.all.values();
    let outage: QuietlistError | undefined;
    const askInTurn = async (): Promise<void> => {
      for (const { items, places } of waiting) {
        const answer = outage ?? (await decide(send, { ...scope, recipients: items, view: 'held' }));
        if (answer instanceof QuietlistError && answer.code !== 'malformed_answer') outage = answer;
        for (let index = 0; index < places.length; index += 1) {
          decisions[places[index]!] = answer instanceof QuietlistError ? unknownOfError(answer) : answer[index];
        }
      }
    };
    await Promise.all(Array.from({ length: isProbing ? 1 : requestsInFlight }, askInTurn));
  } catch (error) {
    return completed(decisions, error);
  }
  return completed(decisions);
};

/** Whoever got no decision is unknown, for this reason. */
const completed = (decisions: Array<CheckDecision | undefined>, reason?: unknown): CheckDecision[] => {
  for (let place = 0; place < decisions.length; place += 1) {
    decisions[place] ??= unknownOfError(reason instanceof QuietlistError ? reason : clientError('malformed_answer'));
  }
  return decisions as CheckDecision[];
};

/** An empty list of lists says nothing, so it is left out: any list. */
const scopeOf = ({ channel, sender, purpose, direction, lists, asOf, addressOptions }: CheckOptions): Omit<CheckRequest, 'recipients'> => ({
  ...(channel === undefined ? {} : { channel }),
  ...(sender === undefined ? {} : { sender }),
  ...(purpose === undefined ? {} : { purpose }),
  ...(direction === undefined ? {} : { direction }),
  ...(lists === undefined || lists.length === 0 ? {} : { lists }),
  ...(asOf === undefined ? {} : { asOf }),
  ...(addressOptions === undefined ? {} : { addressOptions }),
});

/** Those who cannot be sent are decided here, one by one: a bad person never takes others along. */
const prepare = (people: readonly unknown[], decisions: Array<CheckDecision | undefined>): Chunks<CheckRequest['recipients'][number]> => {
  const chunks = new Chunks<CheckRequest['recipients'][number]>(peoplePerRequest);
  for (let place = 0; place < people.length; place += 1) {
    const person = people[place];
    if (isPlainText(person)) {
      chunks.add(person, place, jsonBytes(person));
      continue;
    }
    const prepared = preparePerson(person);
    if ('problem' in prepared) decisions[place] = unknown(prepared.problem, personProblems[prepared.problem]);
    else chunks.add(Array.isArray(prepared.person) ? { addresses: prepared.person } : prepared.person, place, prepared.bytes);
  }
  return chunks;
};

const decide = async (send: CheckSender['send'], request: CheckRequest): Promise<CheckDecision[] | QuietlistError> => {
  try {
    const reading = readCheckAnswer(await send(request), request);
    return 'flaw' in reading ? clientError('malformed_answer', reading.flaw) : reading.decisions;
  } catch (error) {
    return error instanceof QuietlistError ? error : clientError('malformed_answer');
  }
};

const unknown = (code: UnknownCode, explanation: string, error?: QuietlistError): CheckDecision => ({
  decision: 'unknown',
  mayContact: false,
  code,
  label: clientDecisionLabels[code],
  explanation,
  matched: [],
  evaluated: null,
  checkedAt: null,
  ...(error ? { error } : {}),
});

const unknownOfError = (error: QuietlistError): CheckDecision => {
  const code: UnknownCode = error.code === 'invalid-request' && error.status === null ? 'invalid_request' : error.code in clientDecisionLabels ? (error.code as UnknownCode) : 'refused';
  return unknown(code, `${error.message} ${error.hint}`, error);
};
