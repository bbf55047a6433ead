import { describe, expect, it } from 'vitest';
import { ExactIndex } from '../../../server/src/domain/keyword/exact-index.ts';
import { KeywordIndex } from '../../../server/src/domain/keyword/keyword-index.ts';

const keywords = (...words: string[]): KeywordIndex<string> => new KeywordIndex(words.map((keyword) => ({ keyword, value: keyword })));

describe('custom keywords', () => {
  it('are found in any case, with marks, fillers, repeated or stretched', () => {
    const index = keywords('Não quero', 'promo off');
    for (const text of ['nao quero', 'NÃO QUERO!!', 'não quero, obrigado', 'por favor não quero', 'nao queroooo', 'não quero não quero']) expect(index.find(text)).toEqual(['Não quero']);
    expect(index.find('promo-off')).toEqual(['promo off']);
    expect(index.find('PROMOOFF')).toEqual(['promo off']);
  });

  it('are found only when they are the whole message', () => {
    const index = keywords('offers');
    for (const text of ['no offers', 'offers today', 'offer', 'send me offers']) expect(index.find(text)).toEqual([]);
  });

  it('of more than eight words are found as they stand, and a message of more words is no shorter keyword', () => {
    const long = 'send me the offers of the whole year please now';
    expect(keywords(long, 'stop').find(`${long}!`)).toEqual([long]);
    expect(keywords(long, 'stop').find('stop '.repeat(9))).toEqual([]);
  });

  it('a number never stretches: 100 is not 10', () => {
    const index = keywords('10', 'code 5');
    expect(index.find('100')).toEqual([]);
    expect(index.find('1000')).toEqual([]);
    expect(index.find('code 55')).toEqual([]);
    expect(index.find('10!')).toEqual(['10']);
  });

  it('a double letter is not a stretched one in a short word: “too” is not “to”', () => {
    expect(keywords('to').find('too')).toEqual([]);
    expect(keywords('see').find('se')).toEqual([]);
  });

  it('of fillers alone are found as they stand', () => {
    const index = keywords('thanks', 'please stop');
    expect(index.find('thanks!')).toEqual(['thanks']);
    expect(index.find('please stop now')).toEqual(['please stop']);
  });

  it('give every value of a keyword, and none for one without letters or digits', () => {
    const index = new KeywordIndex([{ keyword: 'Stop', value: 1 }, { keyword: 'STOP!', value: 2 }, { keyword: '🛑', value: 3 }]);
    expect(index.find('stop')).toEqual([1, 2]);
    expect(index.find('🛑')).toEqual([]);
  });
});

describe('buttons', () => {
  it('are found by their exact text only', () => {
    const index = new ExactIndex([{ text: 'Stop promotions', value: 'rule' }]);
    expect(index.find('Stop promotions')).toEqual(['rule']);
    for (const text of ['stop promotions', 'Stop promotions ', 'Stop  promotions', 'Stop']) expect(index.find(text)).toEqual([]);
  });

  it('may have 256 characters', () => {
    const text = 'x'.repeat(256);
    const index = new ExactIndex([{ text, value: 1 }, { text: `${text}x`, value: 2 }]);
    expect(index.find(text)).toEqual([1]);
    expect(index.find(`${text}x`)).toEqual([]);
  });
});
