/** A name that a caller gave to a field, where it may be shown: null for what may be an address or worse. */
export const shownName = (name: string): string | null => (/^[A-Za-z_$][\w$-]{0,49}$/.test(name) && !/\d{5}/.test(name) ? name : null);

/** A JSON Pointer as far as its names may be shown. */
export function shownPath(pointer: string): string {
  const names = pointer.split('/').slice(1);
  const hidden = names.findIndex((name) => !/^\d{1,5}$/.test(name) && shownName(name) === null);
  return (hidden === -1 ? names : names.slice(0, hidden)).map((name) => `/${name}`).join('');
}
