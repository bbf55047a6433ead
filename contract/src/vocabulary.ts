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

/** What fires a rule, what it does, and where it came from (C5–C7, A10, B12). */
export const ruleTriggers = { keyword: 'Keyword', button: 'Button' } as const;
export const ruleActions = { opt_out: 'Opt out', opt_in: 'Lift the own opt-out', block: 'Add to blacklist', help: 'Answer with help' } as const;
export const ruleSources = { template: 'Template', custom: 'Custom' } as const;

/** What came of an inbound message. */
export const inboundActions = {
  opted_out: 'Opted out',
  opted_in: 'Opted in again',
  blacklisted: 'Added to the blacklist',
  blocked: 'From a blocked sender',
  help: 'Asked for help',
  review: 'Held for review',
  confirm: 'Asked to confirm',
  ignored: 'Ignored',
  none: 'Ordinary message',
} as const;
/** What in a message decided. */
export const inboundMatches = {
  button: 'Button',
  rule: 'Keyword rule',
  list_keyword: 'Keyword of a list',
  keyword: 'Opt-out word',
  phrase: 'Suspected opt-out',
  answer: 'Answer to a question',
  reaction: 'Reaction',
  provider: 'Signal of the provider',
} as const;

/** What a workspace does with a message that may be an opt-out. */
export const uncertainPolicies = { ignore: 'Ignore', review: 'Hold and review', confirm: 'Hold and ask the person', opt_out: 'Opt out' } as const;
export const revocationScopes = { message_purpose: 'What the message was about', all: 'Everything' } as const;
export const optOutChannels = { all: 'Every channel', same: 'The channel of the message' } as const;
export const reviewStatuses = { pending: 'Pending', approved: 'Approved', dismissed: 'Dismissed' } as const;
export const webhookStatuses = { enabled: 'Enabled', disabled: 'Disabled' } as const;
export const deliveryStatuses = { pending: 'Pending', delivered: 'Delivered', failed: 'Failed' } as const;

/** What others are told: by webhooks, by the event stream, by triggers. */
export const feedTypes = {
  'opt_out.added': 'Opted out',
  'opt_out.removed': 'Opt-out removed',
  'block.added': 'Blocked',
  'block.removed': 'Unblocked',
  'entry.widened': 'Suppression widened',
  'entry.expired': 'Suppression expired',
  'review.needed': 'Review needed',
  'review.decided': 'Review decided',
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
export type RuleTrigger = keyof typeof ruleTriggers;
export type RuleAction = keyof typeof ruleActions;
export type RuleSource = keyof typeof ruleSources;
export type InboundAction = keyof typeof inboundActions;
export type InboundMatch = keyof typeof inboundMatches;
export type ReviewStatus = keyof typeof reviewStatuses;
export type WebhookStatus = keyof typeof webhookStatuses;
export type DeliveryStatus = keyof typeof deliveryStatuses;
export type FeedType = keyof typeof feedTypes;

/** The words of a list above, in its order. */
export const wordsOf = <T extends object>(words: T): Array<keyof T & string> => Object.keys(words) as Array<keyof T & string>;

/** A channel's label: the known one, or the slug itself. */
export const channelLabel = (channel: string): string => (channels as Record<string, string>)[channel] ?? channel;
