import { normaliseKeyword } from './normalise.ts';
import { lettersOf } from './stretched.ts';

/**
 * Words that add nothing to a keyword: “please stop now, thanks”. Of all languages at once, since people mix them. A word that
 * changes the meaning (no, not, don't) or makes it play (lol) is none of them.
 */
const fillers: readonly string[] = [
  'please', 'pls', 'plz', 'plse', 'pleas', 'kindly', 'thanks', 'thank you', 'thank u', 'thx', 'thnx', 'tks', 'ty', 'tyvm', 'now', 'right now', 'immediately', 'asap', 'at once', 'hi', 'hello', 'hey', 'dear', 'sir', 'madam', 'regards', 'best regards',
  'por favor', 'porfavor', 'porfa', 'x favor', 'favor', 'gracias', 'muchas gracias', 'ya', 'ahora', 'hola',
  'obrigado', 'obrigada', 'grato', 'grata', 'gentileza', 'por gentileza', 'agora', 'ola', 'pfv', 'pf', 'oi', 'bom dia', 'boa tarde', 'boa noite',
  's il vous plait', 'sil vous plait', 's il te plait', 'sil te plait', 'svp', 'stp', 'merci', 'merci beaucoup', 'bonjour', 'bonsoir', 'maintenant',
  'bitte', 'danke', 'vielen dank', 'sofort', 'jetzt', 'hallo', 'mfg', 'guten tag',
  'per favore', 'perfavore', 'per piacere', 'grazie', 'adesso', 'subito', 'buongiorno', 'ciao', 'salve',
  'alstublieft', 'alsjeblieft', 'aub', 'ajb', 'graag', 'bedankt', 'dank u', 'dank je', 'nu',
  'prosze', 'dziekuje', 'teraz', 'dzien dobry', 'tack', 'snalla', 'tak', 'venligst', 'takk', 'vennligst', 'hej', 'hei', 'kiitos', 'pyydan', 'ole hyva',
  'lutfen', 'tesekkurler', 'merhaba', 'hemen', 'пожалуйста', 'плиз', 'спасибо', 'здравствуйте', 'срочно', 'будь ласка', 'дякую',
  'prosim', 'dekuji', 'diky', 'va rog', 'multumesc', 'kerem', 'koszonom', 'tolong', 'mohon', 'terima kasih', 'kripya', 'कृपया', 'प्लीज', 'धन्यवाद',
  'من فضلك', 'رجاء', 'لو سمحت', 'شكرا', 'בבקשה', 'תודה', '请', '謝謝', '谢谢', 'お願いします', 'おねがいします', '부탁드립니다', '제발', 'xin', 'vui long', 'lam on', 'cam on', 'กรุณา', 'ค่ะ', 'ครับ',
];

const normalised = fillers.map((filler) => normaliseKeyword(filler).split(' '));
const longest = Math.max(...normalised.map(({ length }) => length));
const phrases = new Set(normalised.map((words) => lettersOf(words.join(''))));
const beginnings = new Set(normalised.map(([first = '']) => lettersOf(first)));

/** How many words of the message make a filler at this place, however stretched; 0 when none does. */
function fillerAt(words: readonly string[], index: number): number {
  if (!beginnings.has(lettersOf(words[index] ?? ''))) return 0;
  for (let length = Math.min(longest, words.length - index); length > 0; length -= 1) {
    if (phrases.has(lettersOf(words.slice(index, index + length).join('')))) return length;
  }
  return 0;
}

/** The words without any filler. */
export function withoutFillers(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < words.length; ) {
    const length = fillerAt(words, index);
    if (length === 0) kept.push(words[index] as string);
    index += Math.max(length, 1);
  }
  return kept;
}

/** What may be meant once fillers at the beginning and the end are left off: every way to do it, and without any filler at all. */
export function readingsWithoutFillers(words: readonly string[]): string[][] {
  if (!words.some((word) => beginnings.has(lettersOf(word)))) return [];
  const starts = [0];
  for (let index = 0, length = fillerAt(words, 0); length > 0; length = fillerAt(words, index)) starts.push((index += length));
  const readings: string[][] = [];
  for (const start of starts) {
    for (let end = words.length; end > start; end -= 1) {
      if (withoutFillers(words.slice(end)).length > 0) break;
      if (end - start < words.length) readings.push(words.slice(start, end));
    }
  }
  const bare = withoutFillers(words);
  return bare.length > 0 && bare.length < words.length ? [...readings, bare] : readings;
}
