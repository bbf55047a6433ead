/** How ids are shown: a prefix that says what it is, and the number in base 36. */
export type IdPrefix = 'ent' | 'evt' | 'key' | 'lst' | 'snd' | 'con' | 'wsp' | 'rul' | 'tpl' | 'rev' | 'whk' | 'msg' | 'cnn';

export const idText = (prefix: IdPrefix, id: number): string => `${prefix}_${id.toString(36)}`;

/** The number in an id text, or null when it cannot be one of ours. */
export function idOf(prefix: IdPrefix, text: string): number | null {
  if (!text.startsWith(`${prefix}_`)) return null;
  const id = Number.parseInt(text.slice(prefix.length + 1), 36);
  return Number.isSafeInteger(id) && id >= 0 && idText(prefix, id) === text ? id : null;
}
