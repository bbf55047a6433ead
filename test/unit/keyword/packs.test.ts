import { describe, expect, it } from 'vitest';
import { languages, type LanguageCode } from '@quietlist/contract/languages';
import { withoutFillers } from '../../../server/src/domain/keyword/fillers.ts';
import { normaliseKeyword } from '../../../server/src/domain/keyword/normalise.ts';
import type { LanguagePack } from '../../../server/src/domain/keyword/pack.ts';
import { packs } from '../../../server/src/domain/keyword/packs.ts';
import { readPhrases } from '../../../server/src/domain/keyword/phrase-notation.ts';
import { readMessage } from '../../../server/src/domain/keyword/read-message.ts';
import { suspectedPhrases } from '../../../server/src/domain/keyword/suspicion.ts';

const codes = Object.keys(languages) as LanguageCode[];
const keywordLists = ['optOut', 'contextOptOut', 'optIn', 'contextOptIn', 'help', 'yes', 'no'] as const;
const everyWord = ({ fragments = [], ...pack }: LanguagePack): string[] => [...keywordLists.flatMap((list) => pack[list]), ...pack.suspected, ...fragments];

describe.each(codes)('the words of %s', (code) => {
  const pack = packs[code];

  it('all have letters', () => expect(everyWord(pack).filter((word) => normaliseKeyword(word) === '')).toEqual([]));

  it('mean one thing each', () => {
    const meanings = keywordLists.flatMap((list) => [...new Set(pack[list].map(normaliseKeyword))]);
    expect(meanings.filter((word, index) => meanings.indexOf(word) !== index)).toEqual([]);
  });

  it('act, every one, where the language is enabled', () => {
    const silent = [...pack.optOut, ...pack.contextOptOut].filter((word) => {
      const meaning = readMessage(word, { languages: [code], channel: null, inFlow: false });
      return !(meaning.kind === 'opt_out' && meaning.tier === 1);
    });
    expect(silent).toEqual([]);
  });

  it('are held, every one, that are listed as suspected', () => {
    const silent = pack.suspected.filter((word) => {
      const meaning = readMessage(word, { languages: [code], channel: null, inFlow: false });
      return meaning.kind !== 'opt_out';
    });
    expect(silent).toEqual([]);
  });

  it('do not opt anybody out or in by a bare yes, no or filler', () => {
    const acting = [...pack.optOut, ...pack.contextOptOut, ...pack.optIn, ...pack.contextOptIn].filter((word) => withoutFillers(normaliseKeyword(word).split(' ')).length === 0);
    expect(acting).toEqual([]);
  });
});

it('an enabled language never makes another language’s yes or no act', () => {
  const answers = codes.flatMap((code) => [...packs[code].yes, ...packs[code].no]);
  const acting = answers.filter((word) => {
    const meaning = readMessage(word, { languages: codes, channel: null, inFlow: false });
    return 'tier' in meaning && meaning.tier === 1;
  });
  expect(acting).toEqual([]);
});

describe('the notation of phrases', () => {
  const first = (source: string) => readPhrases(source)[0];

  it('reads alternatives, beginnings, optional words, gaps and edges', () => {
    expect(first('^ stop|quit unsub* [me] ..2 $')).toMatchObject({ begins: 'sentence', rest: [{ kind: 'word', beginnings: ['unsub'] }, { kind: 'word', optional: true }, { kind: 'gap', most: 2 }, { kind: 'edge', message: false }] });
  });

  it('refuses what it cannot read, instead of never matching it', () => {
    for (const source of ['$', '..2 stop', 'stop @nobody', 'stop &', 'don’t stop!now ?']) expect(() => readPhrases(source), source).toThrow();
  });

  it('a phrase of one word is deliberate: it stands for leaving and nothing else', () => {
    const single = suspectedPhrases.filter(({ phrase }) => phrase.begins === 'anywhere' && phrase.rest.every((part) => part.kind !== 'word' || part.optional));
    expect([...new Set(single.map(({ value, phrase }) => `${value} ${[...phrase.first.words, ...phrase.first.beginnings][0] ?? ''}`))].sort()).toEqual([
      'ar متبعتوش', 'cs neruste', 'cs odhlas', 'da afmeld', 'en optout', 'en tcpa', 'en unsubscribe', 'es desuscri', 'fr desabonn', 'hu leiratkoz', 'id unreg', 'it disiscri', 'it smettetela',
      'nl afmelden', 'no avmeld', 'pl wypisac', 'pt descadastr', 'ro dezabon', 'ru отпиши', 'sv avregistrer', 'tr ilgilenmiyor', 'uk відпиш',
    ]);
  });
});
