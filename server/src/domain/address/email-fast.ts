const inLocal = 1;
const inDomain = 2;
const letter = 4;

/** What each ASCII character may be in an address that needs no cleaning. */
const classes = new Uint8Array(128);
for (const character of '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ') {
  classes[character.charCodeAt(0)] = inLocal | inDomain | (character > '9' ? letter : 0);
}
for (const character of '._+-') classes[character.charCodeAt(0)] = inLocal;

const [at, dot, hyphen] = [64, 46, 45];
const longestLocal = 64;
const longestLabel = 63;

/**
 * The place of the @ in an address that cleaning would leave alone but for upper case: no quotes, comments or spaces, and a plain domain
 * that ends in letters. -1 for any other text, which is left to the slow path.
 */
export function placeOfAt(text: string): number {
  let index = 0;
  for (; index <= longestLocal; index += 1) {
    const code = text.charCodeAt(index);
    if (code === at) break;
    const kind = code < 128 ? (classes[code] as number) : 0;
    if (kind === 0) return -1; // Also at the end of the text, where the code is NaN.
  }
  if (index === 0 || index > longestLocal) return -1;
  const place = index;
  let labelStart = index + 1;
  let labelKinds = letter;
  let dots = 0;
  for (index += 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === dot) {
      if (!endsLabel(text, labelStart, index)) return -1;
      labelStart = index + 1;
      labelKinds = letter;
      dots += 1;
    } else if (code === hyphen) {
      // Two hyphens may be punycode.
      if (index === labelStart || text.charCodeAt(index - 1) === hyphen) return -1;
      labelKinds = 0;
    } else {
      const kind = code < 128 ? (classes[code] as number) : 0;
      if ((kind & inDomain) === 0) return -1;
      labelKinds &= kind;
    }
  }
  if (dots === 0 || labelKinds === 0 || text.length - labelStart < 2 || !endsLabel(text, labelStart, text.length)) return -1;
  return place;
}

function endsLabel(text: string, start: number, end: number): boolean {
  return end > start && end - start <= longestLabel && text.charCodeAt(end - 1) !== hyphen;
}
