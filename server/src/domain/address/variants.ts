import { aliasOf } from './phone-aliases.ts';

/**
 * Every listed form of a phone key, the key first: for look-ups in places that know only an old form (a provider, a list of hashes).
 * Each of them has this key. Any other key is its only form.
 */
export function variants(key: string): string[] {
  if (!/^\+\d+$/.test(key)) return [key];
  const digits = key.slice(1);
  const old = olderForms(digits).filter((form) => aliasOf(form).digits === digits);
  return [key, ...new Set(old.map((form) => `+${form}`))];
}

function olderForms(digits: string): string[] {
  const country = olderForm[digits.slice(0, 2)] ?? olderForm[digits.slice(0, 3)];
  return country === undefined ? [] : country(digits);
}

/** What the rules of `phone-aliases.ts` undo; a form whose key is another one is dropped again above. */
const olderForm: Record<string, (digits: string) => string[]> = {
  52: (digits) => [`521${digits.slice(2)}`],
  55: (digits) => [digits.slice(0, 4) + digits.slice(5)],
  54: (digits) => [`54${digits.slice(3)}`],
  225: (digits) => [`225${digits.slice(5)}`],
  229: (digits) => [`229${digits.slice(5)}`],
};
