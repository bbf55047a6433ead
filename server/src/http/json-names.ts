/** Where a string of valid JSON that begins at `start` ends: the position of its closing quote. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}

/** Colons that may stand after a name: never fewer than the text has names. */
function colonsAfterQuotes(text: string): number {
  let count = 0;
  for (let colon = text.indexOf(':'); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    let before = colon - 1;
    while (before >= 0 && text.charCodeAt(before) <= 32) before -= 1;
    if (text[before] === '"') count += 1;
  }
  return count;
}

/** All arrays and objects of a value. Without recursion: a body may be nested as deep as it is long. */
function* containersIn(value: unknown): Generator<object> {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one !== 'object' || one === null) continue;
    yield one;
    for (const field of Array.isArray(one) ? one : Object.values(one)) if (typeof field === 'object' && field !== null) waiting.push(field);
  }
}

/** Names in all objects of a value. */
function namesIn(value: unknown): number {
  let count = 0;
  for (const one of containersIn(value)) if (!Array.isArray(one)) count += Object.keys(one).length;
  return count;
}

/** Whether an object of a value names a prototype, with which whoever copies it carelessly would change objects that are not theirs. */
export function namesPrototype(value: unknown): boolean {
  for (const one of containersIn(value)) {
    if (Object.hasOwn(one, '__proto__')) return true;
    const { constructor } = one as { constructor: unknown };
    if (Object.hasOwn(one, 'constructor') && typeof constructor === 'object' && constructor !== null && Object.hasOwn(constructor, 'prototype')) return true;
  }
  return false;
}

function firstRepeated(text: string): string | null {
  const scopes: Array<Set<string>> = [];
  let string = '';
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position];
    if (character === '"') {
      const end = endOfString(text, position);
      string = text.slice(position, end + 1);
      position = end;
    } else if (character === '{' || character === '[') scopes.push(new Set());
    else if (character === '}' || character === ']') scopes.pop();
    else if (character === ':') {
      const name = JSON.parse(string) as string;
      if (scopes.at(-1)?.has(name)) return name;
      scopes.at(-1)?.add(name);
    }
  }
  return null;
}

/**
 * A name that stands twice in one object, or null. JSON keeps the last of both without a word, and then a check is asked with other
 * lists than its author sees. Counting first makes this cheap: only where the counts differ is the text read name by name.
 */
export const repeatedName = (text: string, value: unknown): string | null =>
  colonsAfterQuotes(text) === namesIn(value) ? null : firstRepeated(text);
