/**
 * Amazon SES through SNS, read in docs.aws.amazon.com/ses/latest/dg: notification-contents and notification-examples (`notificationType`),
 * event-publishing-retrieving-sns-contents and -examples (`eventType`): Bounce with `bounceType` Permanent | Transient | Undetermined and
 * `bounceSubType`, Complaint, Subscription with `newTopicPreferences` and `oldTopicPreferences`. One notification may be about several recipients.
 * Only a permanent bounce is about the mailbox; a content, attachment or size refusal is transient. A topic of a contact list is a group of its own.
 */
import type { Signal } from '../domain/signal.ts';
import { email, evidenceOf, firstText, get, instantIn, isObject, itemsOf, known, textOf } from './fields.ts';
import { complaint, hardBounce, isAboutMessage, unsubscribe, type MailEvent } from './mail-signals.ts';
import type { ProviderAdapter } from './provider.ts';
import { sns } from './sns.ts';

const ignored: Signal = { kind: 'ignored' };

/** One signal a recipient. Whoever has no address takes nothing from the others. */
const each = (recipients: readonly unknown[], signalOf: (recipient: string, item: unknown) => Signal): Signal[] => {
  const signals = recipients.map((item) => {
    const recipient = firstText(get(item, 'emailAddress'), item);
    return recipient === undefined ? ignored : signalOf(recipient, item);
  });
  return signals.length > 0 ? signals : [ignored];
};

function bounced(bounce: unknown, event: Omit<MailEvent, 'recipient'>): Signal[] {
  if (get(bounce, 'bounceType') !== 'Permanent') return [ignored];
  const subType = textOf(get(bounce, 'bounceSubType'));
  return each(itemsOf(get(bounce, 'bouncedRecipients')), (recipient, item) => {
    const diagnostic = [textOf(get(item, 'status')), textOf(get(item, 'diagnosticCode'))].filter((text) => text !== undefined).join(' ');
    const of = { ...event, event: `Bounce ${subType ?? ''}`.trim(), recipient, diagnostic };
    if (subType === 'UnsubscribedRecipient') return unsubscribe(of);
    return isAboutMessage(diagnostic) ? ignored : hardBounce(of);
  });
}

interface Preferences {
  isOutOfAll: boolean;
  topics: Map<string, string>;
}

function preferencesIn(value: unknown): Preferences {
  const topics = itemsOf(get(value, 'topicSubscriptionStatus')).map((topic) => [textOf(get(topic, 'topicName')) ?? '', textOf(get(topic, 'subscriptionStatus')) ?? ''] as const);
  return { isOutOfAll: get(value, 'unsubscribeAll') === true, topics: new Map(topics) };
}

/** What changed between two preferences: an opt-out of everything, or of topics; or the way back. */
function subscribed(subscription: unknown, recipients: readonly unknown[], event: Omit<MailEvent, 'recipient'>): Signal[] {
  const after = preferencesIn(get(subscription, 'newTopicPreferences'));
  const before = preferencesIn(get(subscription, 'oldTopicPreferences'));
  const resume = (recipient: string, group?: string): Signal => ({
    kind: 'resume',
    ...known(event.eventId, event.at),
    addresses: [email(recipient)],
    channel: 'email',
    purpose: 'marketing',
    ...(group === undefined ? {} : { group }),
    evidence: evidenceOf({ provider: 'ses', event: 'Subscription', eventId: event.eventId, group, eventAt: event.at }),
  });
  return each(recipients, (recipient) => {
    if (after.isOutOfAll) return unsubscribe({ ...event, recipient });
    // Out of a topic still, so not in again.
    return before.isOutOfAll && ![...after.topics.values()].includes('OptOut') ? resume(recipient) : ignored;
  }).concat(
    [...after.topics].filter(([topic, status]) => topic !== '' && before.topics.get(topic) !== status && !after.isOutOfAll).flatMap(([group, status]) =>
      each(recipients, (recipient) => (status === 'OptOut' ? unsubscribe({ ...event, recipient, group }) : status === 'OptIn' ? resume(recipient, group) : ignored))),
  );
}

function signalsOf(notification: unknown, messageId: string | undefined): Signal[] {
  const type = firstText(get(notification, 'eventType'), get(notification, 'notificationType'));
  const about = get(notification, (type ?? '').toLowerCase());
  const event = {
    provider: 'ses', event: type ?? '', eventId: firstText(get(about, 'feedbackId'), messageId, get(notification, 'mail', 'messageId')),
    at: instantIn(get(about, 'timestamp')),
  };
  if (type === 'Bounce') return bounced(about, event);
  // SES also reports “not-spam”: the recipient took a message out of the spam folder.
  if (type === 'Complaint' && get(about, 'complaintFeedbackType') !== 'not-spam') {
    return each(itemsOf(get(about, 'complainedRecipients')), (recipient) => complaint({ ...event, recipient }));
  }
  if (type === 'Subscription') return subscribed(about, itemsOf(get(notification, 'mail', 'destination')), event);
  return [ignored];
}

/** The event in an SNS message: JSON in a text. */
function within(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const isNotification = (value: unknown): boolean => firstText(get(value, 'eventType'), get(value, 'notificationType')) !== undefined;

export const ses: ProviderAdapter = {
  signed: sns,
  read(body) {
    if (!isObject(body)) return null;
    // Raw message delivery, or a flow that has unpacked it.
    if (isNotification(body)) return signalsOf(body, undefined);
    if (textOf(get(body, 'TopicArn')) === undefined || textOf(get(body, 'Type')) === undefined) return null;
    const notification = get(body, 'Type') === 'Notification' ? within(get(body, 'Message')) : null;
    return isNotification(notification) ? signalsOf(notification, textOf(get(body, 'MessageId'))) : [ignored];
  },
};
