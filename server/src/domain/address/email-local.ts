const atom = /^[^\s"(),:;<>@[\]\\]+$/;
// Unpaired surrogates, private use and the mark of a damaged text are nobody's name.
const damaged = /[\p{Cs}\p{Cc}\ufffd]|(?! )\p{Z}/u;
const quotedWord = /^"((?:[^"\\]|\\.)*)"$/su;

/**
 * The part before the @: quotes and quoted pairs that change nothing are taken off, and needed ones kept in one form.
 * Undefined when it is not a local part.
 */
export function localPart(text: string): string | undefined {
  let content = '';
  for (const word of wordsOf(text)) {
    const quoted = quotedWord.exec(word);
    if (quoted === null && (word.includes('"') || (word !== '' && !atom.test(word)))) return undefined;
    content += quoted === null ? word : (quoted[1] as string).replace(/\\(.)/gsu, '$1');
  }
  content = content.normalize('NFC');
  if (content === '' || damaged.test(content)) return undefined;
  return atom.test(content) ? content : `"${content.replace(/[\\"]/g, '\\$&')}"`;
}

/** Atoms with their dots, and quoted strings, which may stand only beside a dot. */
function wordsOf(text: string): string[] {
  if (!text.includes('"')) return [text];
  const words = text.match(/"(?:[^"\\]|\\.)*"|[^"]+|"/gsu) ?? [];
  const fits = words.every((word, index) => word.startsWith('"') || ((index === 0 || word.startsWith('.')) && (index === words.length - 1 || word.endsWith('.'))));
  const apart = words.every((word, index) => !word.startsWith('"') || !words[index + 1]?.startsWith('"'));
  return fits && apart ? words : ['"'];
}
