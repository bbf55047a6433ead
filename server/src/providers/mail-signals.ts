import type { Suppression } from '../domain/signal.ts';
import { email, evidenceOf, known } from './fields.ts';

/** What a mail provider said happened to a message to one recipient. */
export interface MailEvent {
  provider: string;
  /** The provider's name of what happened. */
  event: string;
  /** The provider's id of it. */
  eventId: string | undefined;
  recipient: string;
  at: string | undefined;
  /** What the mail server of the recipient answered. Only its codes are kept: the words often quote the address. */
  diagnostic?: string | undefined;
  group?: string | undefined;
}

const basicCode = /(?:^|[^\d.])([45]\d\d)(?![\d.])/;
const enhancedCode = /(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])/;

/** The codes in what a mail server answered (RFC 5321, RFC 3463): `550 5.1.1`. */
export const codesIn = (diagnostic: string | undefined): string | undefined => {
  const text = (diagnostic ?? '').slice(0, 2_000);
  const codes = [basicCode.exec(text)?.[1], enhancedCode.exec(text)?.[1]].filter((code) => code !== undefined);
  return codes.length > 0 ? codes.join(' ') : undefined;
};

/**
 * Whether a refusal is about us or about the message rather than the mailbox (RFC 3463): a policy or security of the recipient's provider
 * (X.7), the system or its limits (X.3), the content (X.6), a full mailbox (X.2.2), a message that is too long (X.2.3), or any code that
 * is not final. A blocked sending domain must not suppress the people behind it.
 */
export const isAboutMessage = (diagnostic: string | undefined): boolean => {
  const code = enhancedCode.exec((diagnostic ?? '').slice(0, 2_000))?.[1];
  return code !== undefined && /^(?:4\.|5\.[367]\.|5\.2\.[23]$)/.test(code);
};

const around = ({ provider, event, eventId, recipient, at, diagnostic, group }: MailEvent): Omit<Suppression, 'entry'> => ({
  kind: 'suppress',
  ...known(eventId, at),
  addresses: [email(recipient)],
  channel: 'email',
  ...(group === undefined ? {} : { group }),
  evidence: evidenceOf({ provider, event, eventId, diagnosticCode: codesIn(diagnostic), group, eventAt: at }),
});

/** The mailbox is not there, and will not be. The will of nobody: the system holds what would only come back. */
export const hardBounce = (event: MailEvent): Suppression => ({
  ...around(event),
  entry: { kind: 'block', reason: 'hard_bounce', source: 'email_server', by: 'system', direction: 'outbound', purpose: 'all' },
});

/** The recipient called the message spam. Nobody asked which messages they mean, so all are. */
export const complaint = (event: MailEvent): Suppression => ({
  ...around(event),
  entry: { kind: 'opt_out', reason: 'spam_complaint', source: 'email_server', by: 'recipient', direction: 'outbound', purpose: 'all' },
});

export const unsubscribe = (event: MailEvent, by: 'recipient' | 'operator' = 'recipient'): Suppression => ({
  ...around(event),
  entry: { kind: 'opt_out', reason: by === 'recipient' ? 'opt_out' : 'not_defined', source: 'email_server', by, direction: 'outbound', purpose: 'marketing' },
});
