import { idText } from './id-text.ts';

/** What the headers of a message say of the list it belongs to. */
export interface MailingList {
  workspaceId: number;
  listId: string;
  listName: string;
  /** The host of the links: the namespace of the list's id. */
  hostname: string;
}

export interface LinkHeaders {
  'List-Unsubscribe': string;
  'List-Unsubscribe-Post': string;
  'List-Id': string;
}

/** One encoded word has at most 75 characters (RFC 2047 §2), twelve of which are its frame. */
const encodedWordLength = 63;

/** A character as the Q encoding writes it in a phrase: letters and digits stay, all else goes byte by byte. */
const encodedCharacter = (character: string): string =>
  /^[A-Za-z0-9]$/.test(character) ? character : encodeURIComponent(character).replace(/^[^%]$/, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%', '=');

/** A name as a phrase of a header: quoted where it is ASCII, else in encoded words that never cut a character. Never a line break. */
export function phrase(name: string): string {
  if (/^[ -~]*$/.test(name)) return `"${name.replace(/["\\]/g, '\\$&')}"`;
  const words = [''];
  for (const character of name.toWellFormed()) {
    const encoded = encodedCharacter(character);
    const last = words.at(-1) ?? '';
    if (last.length + encoded.length > encodedWordLength) words.push(encoded);
    else words[words.length - 1] = last + encoded;
  }
  return words.map((word) => `=?UTF-8?Q?${word}?=`).join(' ');
}

/** The id of a list (RFC 2919), the same in every message of it. Where the host has no name of its own, it is one of nobody’s. */
export function listIdHeader({ workspaceId, listId, listName, hostname }: MailingList): string {
  const namespace = /^(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(hostname) ? hostname : 'localhost';
  return `${phrase(listName)} <${listId}.${idText('wsp', workspaceId)}.${namespace}>`;
}

/** The URI of an unsubscribe request by mail (RFC 6068): no sign of the address means anything else there. */
const mailtoUri = (address: string): string => `mailto:${address.split('@').map(encodeURIComponent).join('@')}?subject=unsubscribe`;

/** The headers by which mail programs show their own button (RFC 2369), and press it without opening a page (RFC 8058). */
export const linkHeaders = (url: string, mailto: string | undefined, listId: string): LinkHeaders => ({
  'List-Unsubscribe': [url, ...(mailto === undefined ? [] : [mailtoUri(mailto)])].map((uri) => `<${uri}>`).join(', '),
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  'List-Id': listId,
});
