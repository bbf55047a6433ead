import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../server/src/domain/signal.ts';
import { mailgun } from '../../../server/src/providers/mailgun.ts';
import { postmark } from '../../../server/src/providers/postmark.ts';
import type { ProviderAdapter } from '../../../server/src/providers/provider.ts';
import { sendgrid } from '../../../server/src/providers/sendgrid.ts';
import { ses } from '../../../server/src/providers/ses.ts';
import { sample, samplesOf } from '../../support/provider-samples.ts';

/** What a signal comes to, in a word; who it is about. */
function shortly(signal: Signal): string {
  if (signal.kind === 'suppress') {
    const { kind, reason, by, purpose, source, direction } = signal.entry;
    expect(source).toBe('email_server');
    expect(direction).toBe('outbound');
    return [`${kind} ${reason} ${by} ${purpose}`, signal.group, (signal.addresses[0] as { value: string }).value].filter(Boolean).join(' ');
  }
  return signal.kind === 'resume' ? ['resume', signal.group, (signal.addresses[0] as { value: string }).value].filter(Boolean).join(' ') : signal.kind;
}

const bounce = (address: string) => `block hard_bounce system all ${address}`;
const complaint = (address: string) => `opt_out spam_complaint recipient all ${address}`;
const unsubscribe = (address: string, group?: string) => ['opt_out opt_out recipient marketing', group, address].filter(Boolean).join(' ');

const expected: Array<[string, ProviderAdapter, Record<string, string[]>]> = [
  ['ses-notifications', ses, {
    permanentBounce: [bounce('jane@example.com')], eventBounce: [bounce('jane@example.com'), 'ignored', 'ignored'], transientBounce: ['ignored'], undetermined: ['ignored'],
    unsubscribedRecipient: [unsubscribe('jane@example.com')], complaint: [complaint('recipient1@example.com')], notSpam: ['ignored'],
    unsubscribedAll: [unsubscribe('recipient@example.com')], unsubscribedTopic: ['ignored', unsubscribe('recipient@example.com', 'news')],
    resubscribedTopic: ['ignored', 'resume news recipient@example.com'], resubscribedAll: ['resume recipient@example.com'], notOutOfAllButOfTopic: ['ignored'],
    delivery: ['ignored'], rawDelivery: [bounce('jane@example.com')], validated: ['ignored'], confirmation: ['ignored'],
  }],
  ['sendgrid-events', sendgrid, {
    bounce: [bounce('example@test.com')], blocked: ['ignored'], reputation: ['ignored'], deferred: ['ignored'], droppedBounced: [bounce('example@test.com')],
    droppedUnsubscribed: [unsubscribe('example@test.com')], droppedSpamReport: [complaint('example@test.com')], droppedContent: ['ignored'], spamreport: [complaint('example@test.com')],
    unsubscribe: [unsubscribe('example@test.com')], groupUnsubscribe: [unsubscribe('example@test.com', '10')], groupResubscribe: ['resume 10 example@test.com'],
    mixed: ['ignored', 'ignored', 'ignored', 'ignored', 'ignored', complaint('example@test.com'), 'ignored'],
  }],
  ['mailgun-events', mailgun, {
    permanentBounce: [bounce('alice@example.com')], suppressBounce: [bounce('alice@example.com')], suppressUnsubscribe: [unsubscribe('alice@example.com')], suppressComplaint: [complaint('alice@example.com')],
    temporary: ['ignored'], espBlock: ['ignored'], policyBounce: ['ignored'], complained: [complaint('alice@example.com')], unsubscribed: [unsubscribe('alice@example.com')], opened: ['ignored'], withoutRecipient: ['ignored'],
  }],
  ['postmark-events', postmark, {
    hardBounce: [bounce('john@example.com')], badAddress: [bounce('john@example.com')], softBounce: ['ignored'], transient: ['ignored'], blocked: ['ignored'], policyHardBounce: ['ignored'],
    spamComplaint: [complaint('john@example.com')], unsubscribed: [unsubscribe('bounced-address@example.com', 'broadcast')],
    suppressedByCustomer: ['opt_out not_defined operator marketing broadcast bounced-address@example.com'], suppressedForBounce: [bounce('bounced-address@example.com')],
    reactivatedByRecipient: ['resume broadcast bounced-address@example.com'], reactivatedByCustomer: ['ignored'], open: ['ignored'],
  }],
];

describe.each(expected)('%s', (file, adapter, signals) => {
  it('has no sample that is not expected to say something', () => {
    expect(Object.keys(signals).sort()).toEqual(Object.keys(samplesOf(file)).sort());
  });

  it.each(Object.entries(signals))('%s', (name, words) => {
    expect(adapter.read(sample(file, name))?.map(shortly)).toEqual(words);
  });

  it('keeps no address in what it keeps as evidence', () => {
    for (const body of Object.values(samplesOf(file))) {
      for (const signal of adapter.read(body) ?? []) if ('evidence' in signal) expect(JSON.stringify(signal.evidence)).not.toMatch(/@|%40/);
    }
  });

  it.each([null, [], {}, 'x', [1], { Type: 'x' }])('takes no other body for one of its webhooks: %j', (body) => {
    expect(adapter.read(body)).toBeNull();
  });
});

it('knows an event again by its id, whatever else changed', () => {
  const first = sample('ses-notifications', 'complaint') as Record<string, unknown>;
  expect(ses.read({ ...first, MessageId: 'another', Timestamp: '2017-01-01T00:00:00Z' })).toEqual(ses.read(first));
  expect(ses.read(first)).toMatchObject([{ id: '01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000' }]);
});

it('keeps the codes of a mail server and none of its words', () => {
  expect((ses.read(sample('ses-notifications', 'permanentBounce'))?.[0] as { evidence: object }).evidence).toEqual({
    provider: 'ses', event: 'Bounce General', eventId: '00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa068a-000000', diagnosticCode: '550 5.1.1', eventAt: '2016-01-27T14:59:38.237Z',
  });
});
