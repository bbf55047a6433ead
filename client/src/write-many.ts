import { Chunks } from './chunks.ts';
import { clientError, QuietlistError, type CompletedOutcome } from './errors.ts';
import type { AddOutcome, LinkOutcome, RemoveOutcome } from './types.ts';
import type { WriteReading } from './write-answer.ts';

type AnyOutcome = AddOutcome | RemoveOutcome | LinkOutcome;

/** An item as it is sent, with an upper bound of its bytes; or the outcome of one that cannot be sent. */
export type PreparedItem<Item, Outcome> = { item: Item; bytes: number } | { outcome: Outcome };

export interface WritePlan<Item, Request, Outcome> {
  items: Array<PreparedItem<Item, Outcome>>;
  requestOf(items: Item[]): Request;
  send(request: Request, chunkIndex: number): Promise<unknown>;
  read(body: unknown, request: Request): WriteReading<Outcome>;
}

/**
 * One outcome an item, in their order. Throws `QuietlistError` when a request failed as a whole, with the outcomes so far in
 * `completed`: whatever is not there was not acknowledged.
 */
export const writeMany = async <Item, Request, Outcome extends AnyOutcome>(plan: WritePlan<Item, Request, Outcome>): Promise<Outcome[]> => {
  const outcomes = new Array<Outcome | undefined>(plan.items.length).fill(undefined);
  const chunks = new Chunks<Item>();
  plan.items.forEach((prepared, place) => {
    if ('outcome' in prepared) outcomes[place] = prepared.outcome;
    else chunks.add(prepared.item, place, prepared.bytes);
  });
  for (const [chunkIndex, { items, places }] of chunks.all.entries()) {
    const request = plan.requestOf(items);
    try {
      const reading = plan.read(await plan.send(request, chunkIndex), request);
      if ('flaw' in reading) throw clientError('malformed_answer', reading.flaw, { status: 200 });
      places.forEach((place, index) => (outcomes[place] = reading.outcomes[index]));
    } catch (error) {
      if (!(error instanceof QuietlistError)) throw error;
      throw withAdvice(error).withCompleted(completedOf(outcomes));
    }
  }
  return outcomes as Outcome[];
};

/** Links are not among them: made again, they are the same. */
const completedOf = (outcomes: Array<AnyOutcome | undefined>): CompletedOutcome[] =>
  outcomes.flatMap((outcome, index) => (outcome && 'outcome' in outcome ? [{ index, outcome }] : []));

/** After these nobody knows whether the write was done, and repeating it is how to find out. */
export const withAdvice = (error: QuietlistError): QuietlistError =>
  ['unreachable', 'timed_out', 'malformed_answer'].includes(error.code)
    ? new QuietlistError({ ...error, message: error.message, hint: `${error.hint} Whether the write was done is not known: repeat it as the same operation, nothing is done twice.` })
    : error;
