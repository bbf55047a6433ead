import { normaliseKeyword } from './normalise.ts';

/**
 * The notation of phrases, word by word:
 *
 * | `stop` | the word | `stop\|quit` | either | `unsub*` | any word that begins so |
 * | `[please]` | may be there | `..2` | up to two words, whatever they are | `@message` | a class of the pack |
 * | `!at` | the next word is another | `<!you` | the word before is another (first in the phrase) |
 * | `^` `$` | begin or end of a sentence | `^^` `$$` | begin or end of the message | `now\|$` | the word, or the end of the sentence |
 *
 * A phrase never spans the end of a sentence, and has few optional parts, so that looking for it at one
 * place takes a bounded number of steps (`stepsOf`). There is no other way to write a pattern, and users write none.
 */
export type Part =
  | { kind: 'word'; words: ReadonlySet<string>; beginnings: readonly string[]; optional: boolean; orEnd: boolean }
  | { kind: 'gap'; most: number }
  | { kind: 'not'; words: ReadonlySet<string>; beginnings: readonly string[] }
  | { kind: 'edge'; message: boolean };

export interface Phrase {
  source: string;
  /** Edge that the phrase must begin at. */
  begins: 'anywhere' | 'sentence' | 'message';
  notAfter: Alternatives | null;
  first: Alternatives;
  rest: readonly Part[];
}

export interface Alternatives {
  words: ReadonlySet<string>;
  beginnings: readonly string[];
}

type Classes = Readonly<Record<string, string>>;

function alternatives(source: string, classes: Classes): Alternatives {
  const words = new Set<string>();
  const beginnings: string[] = [];
  for (const name of source.split('|')) {
    if (name.startsWith('@')) {
      const found = classes[name.slice(1)];
      if (found === undefined) throw new Error(`No class ${name} for the phrase part ${source}`);
      const inner = alternatives(found, classes);
      for (const word of inner.words) words.add(word);
      beginnings.push(...inner.beginnings);
    } else if (name.endsWith('*')) {
      beginnings.push(singleWord(name.slice(0, -1)));
    } else {
      words.add(singleWord(name));
    }
  }
  return { words, beginnings };
}

function singleWord(text: string): string {
  const word = normaliseKeyword(text);
  if (word === '' || word.includes(' ')) throw new Error(`“${text}” is not one word`);
  return word;
}

function partOf(source: string, classes: Classes): Part {
  if (source === '$' || source === '$$') return { kind: 'edge', message: source === '$$' };
  if (source.startsWith('..')) return { kind: 'gap', most: Number(source.slice(2)) };
  if (source.startsWith('!')) return { kind: 'not', ...alternatives(source.slice(1), classes) };
  const optional = source.startsWith('[');
  const orEnd = source.endsWith('|$');
  return { kind: 'word', ...alternatives(optional ? source.slice(1, -1) : orEnd ? source.slice(0, -2) : source, classes), optional, orEnd };
}

/** Reads one line of a pack: the phrase, or two where it may begin with an optional word. Throws when it is not in the notation: packs are part of the program, and read once. */
export function readPhrases(source: string, classes: Classes = {}): Phrase[] {
  const parts = source.split(' ');
  const begins = parts[0] === '^' ? 'sentence' : parts[0] === '^^' ? 'message' : 'anywhere';
  if (begins !== 'anywhere') parts.shift();
  const notAfter = parts[0]?.startsWith('<!') ? alternatives((parts.shift() as string).slice(2), classes) : null;
  const [first, ...rest] = parts.map((part) => partOf(part, classes));
  if (first?.kind !== 'word' || first.orEnd) throw new Error(`The phrase “${source}” does not begin with a word`);
  const phrase: Phrase = { source, begins, notAfter, first: { words: first.words, beginnings: first.beginnings }, rest };
  if (!first.optional) return [phrase];
  const without = [...(begins === 'anywhere' ? [] : [begins === 'sentence' ? '^' : '^^']), ...(parts.slice(1))].join(' ');
  return [phrase, ...readPhrases(without, classes)];
}

/** The most steps that one attempt at one place can take: every optional part doubles them, every gap multiplies them by its width. */
export function stepsOf({ rest }: Phrase): number {
  return rest.reduceRight((steps, part) => 1 + steps * (part.kind === 'gap' ? part.most + 1 : part.kind === 'word' && part.optional ? 2 : 1), 1);
}
