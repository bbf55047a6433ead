import type { Node, NodeAPI } from 'node-red';
import type { QuietlistClient } from '@quietlist/client/client';
import { QuietlistError } from '@quietlist/client/errors';
import type { AddOutcome, Person, RemoveOutcome } from '@quietlist/client/types';
import { runAction, type ActionDefinition } from './action-node.ts';
import { errorWord, flowError } from './flow-error.ts';
import type { Read } from './fields.ts';
import { inGroups, type Piece } from './groups.ts';
import type { Outcome, Reading } from './message-collector.ts';
import type { Scope } from './scope.ts';
import { compactCount, type StatusLine } from './status.ts';

type WriteOutcome = AddOutcome | RemoveOutcome;
type PieceResult = { outcome: WriteOutcome } | { error: unknown };

/** One contact on one channel (and one list), with what is said of this contact alone. */
export interface WriteTarget<Item> {
  person: Person;
  channel: string | null;
  list: string | null;
  item: Item;
}

/** What is to be written for one message; null when the node's checkbox is off (A9). */
export type WritePlan<Item, Options> = { targets: Array<WriteTarget<Item>>; options: Options } | null;

export interface WriteAction<Item, Options> {
  /** Its name in `msg.suppression.action` and in the catalogue. */
  name: 'add_to_blacklist' | 'remove_from_blacklist' | 'opt_out' | 'remove_opt_out';
  plan: Read<WritePlan<Item, Options>>;
  /** Writes targets that share channel, list and options, in as few requests as possible. */
  write(client: QuietlistClient, targets: Array<WriteTarget<Item>>, options: Options): Promise<WriteOutcome[]>;
}

interface WritePiece<Item, Options> extends Piece<WriteTarget<Item>, { options: Options; channel: string | null; list: string | null }> {}

/** Every contact on every channel; nobody is one empty contact, which the client refuses in its own words. */
export const targetsOf = <Item>({ people, channels }: Scope, item: Item, lists: Array<string | null> = [null]): Array<WriteTarget<Item>> =>
  (people.length > 0 ? people : ['']).flatMap((person) =>
    channels.flatMap((channel) => lists.map((list) => ({ person, channel: channel ?? null, list, item }))),
  );

/** The channel that the targets of one write share, as an option. */
export const channelOption = ([first]: Array<WriteTarget<unknown>>): { channel?: string } => (first?.channel == null ? {} : { channel: first.channel });

/** A node that writes. A message goes on only when all of it was written; else it fails with the code of what was not. */
export const runWrite = <Item, Options>(RED: NodeAPI, node: Node, definition: ActionDefinition, action: WriteAction<Item, Options>): void => {
  let written = 0;
  let failed = 0;

  const show = (status: StatusLine, word: string | null): void => {
    const text = RED._(`status.${action.name}`, { written: compactCount(written) });
    if (word) status.show('red', 'ring', RED._('status.write_failed', { word, failed: compactCount(failed) }));
    else status.show('green', 'dot', text);
  };

  runAction<WritePlan<Item, Options>>(RED, node, definition, {
    read: action.plan,
    answer: async (service, messages, readings, status) => {
      let lastCode: string | null = null;
      const fail = (error: unknown): Outcome => {
        const shown = flowError(RED, error);
        lastCode = shown.code;
        failed += 1;
        return { error: shown };
      };
      const pieces = readings.flatMap((reading, message) => piecesOf(reading, message));
      const results =
        'client' in service ? await inGroups(pieces, (group, { options }) => writeGroup(service.client, action, group, options)) : new Map<WritePiece<Item, Options>, PieceResult>();
      const ofMessage = messages.map((): Array<[WriteTarget<Item>, PieceResult]> => []);
      for (const piece of pieces) {
        const result = results.get(piece);
        if (result) ofMessage[piece.message]!.push([piece.item, result]);
      }

      const outcomes = messages.map((msg, index): Outcome => {
        const reading = readings[index]!;
        if ('error' in reading) return fail(reading.error);
        if ('problem' in service) return fail(service.problem);
        const done = ofMessage[index]!;
        msg['suppression'] = report(action.name, reading.value === null, done);
        const problem = firstProblem(done);
        if (problem) return fail(problem);
        written += done.length;
        return { outputs: [msg] };
      });
      show(status, lastCode && errorWord(RED, lastCode));
      return outcomes;
    },
  });
};

const piecesOf = <Item, Options>(reading: Reading<WritePlan<Item, Options>>, message: number): Array<WritePiece<Item, Options>> => {
  if ('error' in reading || reading.value === null) return [];
  const { targets, options } = reading.value;
  return targets.map((target) => ({ message, item: target, options: { options, channel: target.channel, list: target.list } }));
};

/** Never throws: a request that failed says which items were done before it. */
const writeGroup = async <Item, Options>(client: QuietlistClient, action: WriteAction<Item, Options>, group: Array<WritePiece<Item, Options>>, options: Options): Promise<PieceResult[]> => {
  try {
    const outcomes = await action.write(client, group.map(({ item }) => item), options);
    return outcomes.map((outcome) => ({ outcome }));
  } catch (error) {
    const results: PieceResult[] = group.map(() => ({ error }));
    if (error instanceof QuietlistError) for (const { index, outcome } of error.completed) results[index] = { outcome };
    return results;
  }
};

/** What the flow finds in `msg.suppression`. */
const report = <Item>(action: string, skipped: boolean, done: Array<[WriteTarget<Item>, PieceResult]>) => ({
  action,
  skipped,
  results: done.map(([{ person, channel, list }, result]) => ({
    contact: person,
    channel,
    ...(list === null ? {} : { list }),
    ...('outcome' in result ? result.outcome : { outcome: 'failed', code: flowErrorCode(result.error) }),
  })),
});

const flowErrorCode = (error: unknown): string => (error instanceof QuietlistError ? error.code : 'internal');

const firstProblem = <Item>(done: Array<[WriteTarget<Item>, PieceResult]>): unknown => {
  for (const [, result] of done) {
    if ('error' in result) return result.error;
    if (result.outcome.outcome === 'invalid') {
      const { code, message } = result.outcome;
      return new QuietlistError({ code: code ?? 'invalid', message: message ?? '', hint: '' });
    }
  }
  return null;
};

