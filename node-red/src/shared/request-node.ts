import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import type { QuietlistClient } from '@quietlist/client/client';
import type { QuietlistError } from '@quietlist/client/errors';
import { runAction, type ActionDefinition } from './action-node.ts';
import { errorWord, flowError } from './flow-error.ts';
import type { Read } from './fields.ts';
import type { Outcome } from './message-collector.ts';
import { compactCount } from './status.ts';

/** What came of one request: an answer, or what went wrong. */
export type Result<T> = { value: T } | { error: unknown };

/** The same where `promise` may fail. */
export const resultOf = <T>(promise: Promise<T>): Promise<Result<T>> =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

export interface RequestAction<Wish, Answer> {
  read: Read<Wish>;
  /** One result a wish, in the same order. Never throws. */
  ask(client: QuietlistClient, wishes: Wish[]): Promise<Array<Result<Answer>>>;
  /** Writes `msg.suppression` and says where the message goes. An answer that is of no use is thrown as an error. */
  forward(msg: NodeMessageInFlow, answer: Answer): Outcome;
  /** The same for a message of which nothing came. */
  fail(msg: NodeMessageInFlow, error: QuietlistError): Outcome;
  /** What the status line counts. */
  status(): string;
}

/** A node that asks the service for one thing a message. */
export const runRequest = <Wish, Answer>(RED: NodeAPI, node: Node, definition: ActionDefinition, action: RequestAction<Wish, Answer>): void => {
  let failed = 0;

  runAction<Wish>(RED, node, definition, {
    read: action.read,
    answer: async (service, messages, readings, status) => {
      let lastCode: string | null = null;
      const fail = (msg: NodeMessageInFlow, error: unknown): Outcome => {
        const shown = flowError(RED, error);
        lastCode = shown.code;
        failed += 1;
        return action.fail(msg, shown);
      };
      const wishes = 'client' in service ? readings.flatMap((reading, place) => ('error' in reading ? [] : [{ place, wish: reading.value }])) : [];
      const answers = 'client' in service && wishes.length > 0 ? await action.ask(service.client, wishes.map(({ wish }) => wish)) : [];
      if (answers.length !== wishes.length) throw new RangeError('Not one answer a message');
      const resultAt = new Map(wishes.map(({ place }, index) => [place, answers[index]!]));

      const outcomes = messages.map((msg, place): Outcome => {
        if ('problem' in service) return fail(msg, service.problem);
        const reading = readings[place]!;
        const result = 'error' in reading ? reading : resultAt.get(place)!;
        if ('error' in result) return fail(msg, result.error);
        try {
          return action.forward(msg, result.value);
        } catch (error) {
          return fail(msg, error);
        }
      });
      if (lastCode) status.show('red', 'ring', RED._('status.write_failed', { word: errorWord(RED, lastCode), failed: compactCount(failed) }));
      else status.show('green', 'dot', action.status());
      return outcomes;
    },
  });
};
