/** A name that a caller gave to a field, where it may be shown: null for what may be an address or worse. */
export const shownName = (name: string): string | null => (/^[A-Za-z_$][\w$-]{0,49}$/.test(name) && !/\d{5}/.test(name) ? name : null);
