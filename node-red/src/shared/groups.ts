import { groupByOptions } from '@quietlist/client/group';

/** One thing to ask or to do for one contact of one message. */
export interface Piece<Item, Options> {
  /** Place of its message among the messages answered together. */
  message: number;
  item: Item;
  options: Options;
}

/**
 * Runs all pieces with as few calls as possible: one for each different `options`. A call that is refused, because of one message's
 * channel or list, fails only the messages that said the same.
 */
export const inGroups = async <P extends Piece<unknown, unknown>, Result>(
  pieces: P[],
  run: (group: P[], options: P['options']) => Promise<Result[]>,
): Promise<Map<P, Result>> => {
  const results = new Map<P, Result>();
  for (const { items, options } of groupByOptions(pieces, (piece): P['options'] => piece.options)) {
    const answers = await run(items, options);
    if (answers.length !== items.length) throw new RangeError('Not one answer a contact');
    items.forEach((piece, index) => results.set(piece, answers[index]!));
  }
  return results;
};
