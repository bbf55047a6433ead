/**
 * Ids of WhatsApp. JID servers as in Baileys (src/WABinary/jid-utils.ts): `user[_agent][:device]@server`, in whatsmeow `user.agent:device@server`.
 * BSUID and parent BSUID as in Meta's documentation of 28 May 2026.
 */
export type WhatsappId =
  | { what: 'phone'; digits: string }
  /** `id` is the user's, without the device. */
  | { what: 'handle'; id: string; matchedBy?: string }
  | { what: 'group' }
  | { what: 'other' };

const jid = /^([^@\s]+)@(s\.whatsapp\.net|c\.us|hosted|hosted\.lid|lid|g\.us|broadcast|newsletter|bot|call|status)$/i;
const phoneUser = /^(\d+)(?:[._]\d+)?(?::\d+)?$/;
const bsuid = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;
const mayBe = /@|^(?:whatsapp::?)?[A-Z]{2}\./i;
/** Twilio's prefix, or the beginning of a handle key. */
const prefix = /^whatsapp::?/i;

/** Reads text as an id of WhatsApp; undefined when it is none. The text has no white space around it. */
export function readWhatsappId(text: string): WhatsappId | undefined {
  if (!mayBe.test(text)) return undefined;
  const id = text.replace(prefix, '');
  if (bsuid.test(id)) return { what: 'handle', id };
  const match = jid.exec(id);
  if (match === null) return undefined;
  const server = (match[2] as string).toLowerCase();
  const user = phoneUser.exec(match[1] as string)?.[1];
  switch (server) {
    case 's.whatsapp.net':
    case 'c.us':
    case 'hosted':
      return user === undefined ? undefined : { what: 'phone', digits: user };
    case 'lid':
      return user === undefined ? { what: 'other' } : { what: 'handle', id: `${user}@lid` };
    case 'hosted.lid':
      // The same user on a device that Meta hosts, as @hosted is of @s.whatsapp.net.
      return user === undefined ? { what: 'other' } : { what: 'handle', id: `${user}@lid`, matchedBy: 'wa_hosted_lid' };
    case 'g.us':
    case 'broadcast':
    case 'newsletter':
      return { what: 'group' };
    default:
      return { what: 'other' };
  }
}
