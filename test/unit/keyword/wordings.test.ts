import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languages, type LanguageCode } from '@quietlist/contract/languages';
import { readMessage } from '../../../server/src/domain/keyword/read-message.ts';

type Row = readonly [text: string, situation: string];
interface Wordings {
  positives: Row[];
  negatives: Row[];
}

const every = Object.keys(languages) as LanguageCode[];
const wordings = (name: string): Wordings => JSON.parse(readFileSync(new URL(`../../support/fixtures/opt-out-wordings-${name}.json`, import.meta.url), 'utf8')) as Wordings;
const tierOf = (text: string): 0 | 1 | 2 => {
  const meaning = readMessage(text, { languages: every, channel: 'whatsapp', inFlow: false });
  return meaning.kind === 'opt_out' ? meaning.tier : 0;
};
const texts = (rows: readonly Row[], tiers: ReadonlyArray<0 | 1 | 2>): string[] => rows.map(([text]) => text).filter((text) => tiers.includes(tierOf(text)));

/** Known misses and false alarms of the development sets, so that no change brings new ones unseen. */
const known: Record<string, { missed: string[]; held: string[] }> = {
  'third-party': { missed: [], held: ['Can you stop texting me and email me instead', 'how do I unsubscribe?'] },
  own: {
    // Without its accent “dừng” (stop) is “đúng” (right).
    missed: ['dừng', 'This is not my subscription, cancel it', 'never', 'no never', 'Fraud, reported', 'Take a hike', 'Beat it', 'cancel membership texts', 'Cancel my number', 'Out'],
    held: [
      'Can you tell him to stop calling me?', "don't text me pics of food lol", "I think I gave you the wrong number, it's 555-1234", 'why did you stop texting me', "Stop! Don't ship it yet",
      'Stop, I need to change the address', 'lose my number? lol never',
    ],
  },
};

describe.each(Object.entries(known))('the development set “%s”', (name, { missed, held }) => {
  const { positives, negatives } = wordings(name);

  it('acts on nobody who did not opt out', () => expect(texts(negatives, [1])).toEqual([]));

  it('holds nobody else for review', () => expect(texts(negatives, [2])).toEqual(held));

  it('hears everybody who opts out', () => expect(texts(positives, [0])).toEqual(missed));
});
