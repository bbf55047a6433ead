/** Without any of these there is one contact at most. */
const separators = /[,;\r\n]/;

/**
 * Splits what people type into one box (`9100223445, user@gmail.com`) at commas, semicolons and line breaks. Not split are display names
 * in quotes, what stands in angle brackets, and the parameters of a `tel:` number (`tel:+44…;ext=5`). Blank parts are dropped.
 */
export const splitContacts = (text: string): string[] => {
  if (!separators.test(text)) return text.trim() === '' ? [] : [text.trim()];
  const contacts: string[] = [];
  let start = 0;
  const cut = (end: number): void => {
    const contact = text.slice(start, end).trim();
    if (contact !== '') contacts.push(contact);
    start = end + 1;
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    const begins = text.slice(start, index).trim() === '';
    if (character === '"' && begins) index = closing(text, index, '"');
    else if (character === '<') index = closing(text, index, '>');
    else if (/[,;\r\n]/.test(character) && !(character === ';' && isParameter(text.slice(start, index), text.slice(index + 1, index + 32)))) cut(index);
  }
  cut(text.length);
  return contacts;
};

/** Where the quote or bracket ends; itself when it does not end on its line, so that a lone `"` or `<` joins nothing. */
const closing = (text: string, opening: number, close: '"' | '>'): number => {
  for (let index = opening + 1; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\n' || character === '\r') return opening;
    if (character === '\\' && close === '"') index += 1;
    else if (character === close) return index;
    else if (character === '<' && close === '>') return opening;
  }
  return opening;
};

const isParameter = (before: string, after: string): boolean => /^\s*tel:/i.test(before) && /^[a-z][a-z-]*=/i.test(after);
