const nonPlain = /[^\x20-\x7e]/;
const lineBreaks = /[\n\r\x0b\x0c\x85\u2028\u2029]+/g;
const otherSpaces = /[\t\p{Zs}]/gu;
const controls = /(?!\n)\p{Cc}/gu;
const ignorable = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/gu;
const changeable = /[\p{Default_Ignorable_Code_Point}\p{Cc}\u2028\u2029]|(?! )\p{Zs}/u;
const joiners = /[\u200c\u200d]/g;
const edgeJoiner = /[\u200c\u200d\s]/;
const fullWidth = /[\uff01-\uff5e]/g;

export const isPlainAscii = (text: string): boolean => !nonPlain.test(text);

/** Line breaks become one `\n` and other white space a blank; controls and invisible characters (zero width, bidi, soft hyphen, BOM) go. Joiners inside stay. */
export function visibleText(text: string): string {
  if (!changeable.test(text)) return text.trim();
  const visible = text
    .replace(lineBreaks, '\n')
    .replace(otherSpaces, ' ')
    .replace(ignorable, '')
    .replace(controls, '');
  return withoutEdges(visible, edgeJoiner);
}

/** The text without the characters at its ends that match. A pattern with `+$` would take the square of a run's length. */
export function withoutEdges(text: string, edge: RegExp): string {
  let start = 0;
  while (start < text.length && edge.test(text[start] as string)) start += 1;
  return withoutEnd(text.slice(start), edge);
}

export function withoutEnd(text: string, edge: RegExp): string {
  let end = text.length;
  while (end > 0 && edge.test(text[end - 1] as string)) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

export const withoutJoiners = (text: string): string => text.replace(joiners, '');

/** Full-width ASCII, as input methods for Chinese, Japanese and Korean type it, becomes ASCII. Nothing else is folded. */
export function halfWidth(text: string): string {
  return text.replace(fullWidth, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}

/** The text without one pair of quotes around the whole of it, or undefined when there is none. */
export function withoutQuotes(text: string): string | undefined {
  if (text.length < 2) return undefined;
  const closing = closingQuotes[text[0] as string];
  if (closing === undefined || !closing.includes(text[text.length - 1] as string)) return undefined;
  return text.slice(1, -1);
}

const closingQuotes: Record<string, string> = { '"': '"', "'": "'", '`': "`'", '“': '”“', '‘': '’‘', '«': '»', '»': '«', '„': '“”', '‚': '‘’' };

/** Decodes percent escapes, or undefined when they are malformed. */
export function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
