/**
 * The closed word lists of the model with their labels, in plain data: the client and the nodes read them without
 * pulling in a schema library. `reasons` holds the five of the blocklist page (D5) and Quietlist's own; `sources` those of C2 and D6.
 */
export const kinds = { block: 'Blacklist', opt_out: 'Opt-out' } as const;
export const purposes = { marketing: 'Marketing', all: 'Everything' } as const;
export const checkPurposes = { marketing: 'Marketing', transactional: 'Transactional' } as const;
export const directions = { outbound: 'Outbound', inbound: 'Inbound', both: 'Both' } as const;
export const origins = { recipient: 'Recipient', operator: 'Operator', system: 'System' } as const;
export const statuses = { active: 'Active', expired: 'Expired', removed: 'Removed' } as const;
export const addressKinds = { phone: 'Phone', email: 'Email', handle: 'Handle' } as const;

export const reasons = {
  list_cleanup: 'List Cleanup',
  subscriber_complaint: 'Subscriber Complaint',
  support_request: 'Support Request',
  suspected_fraud: 'Suspected Fraud',
  not_defined: 'Not Defined',
  opt_out: 'Opt-Out',
  hard_bounce: 'Hard Bounce',
  spam_complaint: 'Spam Complaint',
  invalid_address: 'Invalid Address',
  abuse: 'Abuse',
  legal: 'Legal',
} as const;

export const sources = {
  manual: 'Manual',
  csv: 'CSV',
  api: 'API',
  workflow: 'Workflow',
  ai_agent: 'AI Agent',
  template_reply: 'Template Reply',
  opt_out: 'Opt-Out',
  email_server: 'Email Server',
  provider: 'Provider',
  not_defined: 'Not Defined',
} as const;

/** The channels that everybody has. A workspace may use others: any slug of the shape `channelPattern`. */
export const channels = {
  whatsapp: 'WhatsApp',
  sms: 'SMS',
  rcs: 'RCS',
  voice: 'Voice',
  email: 'Email',
  messenger: 'Messenger',
  instagram: 'Instagram',
  telegram: 'Telegram',
  line: 'LINE',
  webchat: 'Web Chat',
  push: 'Push',
} as const;
export const channelPattern = '^[a-z][a-z0-9_-]{0,31}$';

/** How a consent was given (D7, D8). */
export const consentMethods = {
  reply: 'Reply',
  form: 'Form',
  verbal: 'Verbal',
  written: 'Written',
  contract: 'Contract',
  other: 'Other',
} as const;

/** The id of the opt-out list that every workspace has and nobody can delete (B4). */
export const defaultListId = 'default';

export type Kind = keyof typeof kinds;
export type Purpose = keyof typeof purposes;
export type CheckPurpose = keyof typeof checkPurposes;
export type Direction = keyof typeof directions;
export type Origin = keyof typeof origins;
export type EntryStatus = keyof typeof statuses;
export type AddressKind = keyof typeof addressKinds;
export type Reason = keyof typeof reasons;
export type Source = keyof typeof sources;
export type ConsentMethod = keyof typeof consentMethods;

/** The words of a list above, in its order. */
export const wordsOf = <T extends object>(words: T): Array<keyof T & string> => Object.keys(words) as Array<keyof T & string>;

/** A channel's label: the known one, or the slug itself. */
export const channelLabel = (channel: string): string => (channels as Record<string, string>)[channel] ?? channel;
