import { AddEntriesRequest } from '@quietlist/contract/entry';
import { InboundRequest } from '@quietlist/contract/inbound';
import { LinkRequest } from '@quietlist/contract/contact';
import { providers, type Provider } from '@quietlist/contract/providers';
import { wordsOf } from '@quietlist/contract/vocabulary';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '../../server/src/domain/signal.ts';
import { adapters } from '../../server/src/providers/adapters.ts';
import { compileShape } from '../support/ajv.ts';
import { rawRequest, judgingAt } from '../support/provider-requests.ts';
import { samplesOf } from '../support/provider-samples.ts';
import { entriesOf } from '../support/providers.ts';
import { startService, type TestService } from '../support/service.ts';

const files: Record<Provider, string[]> = {
  whatsapp: ['whatsapp-messages', 'whatsapp-changes', 'whatsapp-preferences', 'whatsapp-statuses'], twilio: ['twilio-messages', 'twilio-statuses'], telegram: ['telegram-updates'],
  redbot: ['redbot-messages'], telegrambot: ['telegrambot-messages'], ses: ['ses-notifications'], sendgrid: ['sendgrid-events'], mailgun: ['mailgun-events'], postmark: ['postmark-events'],
};
const bodiesOf = (provider: Provider): unknown[] => files[provider].flatMap((file) => Object.values(samplesOf(file)));

/** Values that have broken readers before. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  fc.constantFrom<unknown>(null, '', ' ', '\u0000', '\ud800', '1e400', -1, 0, 1.5, 2 ** 60, [], {}, [[]], '__proto__', 'constructor', 'x'.repeat(70_000), '+14155550100', 'a@b@c', '\u202e+1415', { toString: 'x' }, [null, {}]),
);

/** The places in a value, as paths. */
const placesIn = (value: unknown, path: string[] = []): string[][] =>
  typeof value !== 'object' || value === null ? [path] : [path, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, name]))];

function put(value: unknown, [name, ...rest]: string[], inner: unknown): unknown {
  if (name === undefined) return inner;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[name] = put(copy[name], rest, inner);
  return copy;
}

/** A body as documented, in which one or two things are something else. */
const nearly = (provider: Provider): fc.Arbitrary<unknown> =>
  fc.constantFrom(...bodiesOf(provider)).chain((body) => {
    const change = (value: unknown): fc.Arbitrary<unknown> => fc.tuple(fc.constantFrom(...placesIn(value)), odd).map(([path, other]) => put(value, path, other));
    return change(body).chain((once) => fc.oneof(fc.constant(once), change(once)));
  });

const isMessage = compileShape(InboundRequest);
const isAdd = compileShape(AddEntriesRequest);
const isLink = compileShape(LinkRequest);

/** Whether a signal is something that the use cases were made for: what their schemas let through. */
function flawOf(signal: Signal): unknown {
  if (signal.kind === 'message') return isMessage(signal.request) ? null : isMessage.errors;
  if (signal.kind === 'address_changed') return isLink({ addresses: signal.addresses, reason: signal.reason }) ? null : isLink.errors;
  if (signal.kind === 'ignored') return null;
  const entry = signal.kind === 'suppress' ? signal.entry : { kind: 'opt_out' };
  return isAdd({ entries: [{ ...entry, addresses: signal.addresses, channel: signal.channel, evidence: signal.evidence }] }) ? null : isAdd.errors;
}

describe.each(wordsOf(providers))('whatever %s sends', (provider) => {
  const adapter = adapters[provider];

  it('is read without an error, into what the contract allows', () => {
    fc.assert(fc.property(fc.oneof(nearly(provider), odd), (body) => {
      for (const signal of adapter.read(body) ?? []) expect(flawOf(signal)).toBeNull();
    }), { numRuns: 1_500 });
  });

  it('is read without an error where something stands that no text can be made of', () => {
    for (const body of bodiesOf(provider)) {
      for (const path of placesIn(body)) expect(() => adapter.read(put(body, path, { toString: 1, valueOf: 1 }))).not.toThrow();
    }
  });

  it('is read from a prototype by nobody', () => {
    const body = bodiesOf(provider)[0] as object;
    expect(adapter.read(Object.create(body))).toBeNull();
  });

  it('is believed by chance never, and no bytes break the judging', async () => {
    const { signed } = adapter;
    if (!signed) return;
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.dictionary(fc.constantFrom('x-hub-signature-256', 'x-twilio-signature', 'authorization', 'x-webhook-token', 'x-twilio-email-event-webhook-signature', 'x-twilio-email-event-webhook-timestamp'), fc.string()), async (body, headers) => {
      expect(await signed.isSigned(rawRequest(Buffer.from(body), headers), signed.decoy, judgingAt(Date.UTC(2026, 2, 3)))).toBe(false);
    }), { numRuns: 200 });
  });
});

describe('whatever comes through a flow', () => {
  let service: TestService;
  const held = ['+16505551234', '+12195555358', '+14155552671', '+447700900123', 'jane@example.com', 'example@test.com', 'alice@example.com', 'john@example.com', 'bounced-address@example.com', 'recipient@example.com', { value: '1111111111', kind: 'handle', channel: 'telegram' }];

  beforeAll(async () => {
    service = await startService();
    for (const name of ['Another', 'Third']) await service.call('POST', '/v1/lists', { name });
    const entries = held.flatMap((address) => [{ kind: 'block', address }, { kind: 'opt_out', by: 'operator', list: 'Third', address }, { kind: 'opt_out', by: 'recipient', list: 'Another', address }]);
    await service.call('POST', '/v1/entries', { entries });
  });
  afterAll(() => service.stop());

  it('never is an error of ours, and never lifts a block or what another list holds', async () => {
    const isKept = ({ kind, by, listName }: Record<string, unknown>): boolean => kind === 'block' || listName === 'Another' || (listName === 'Third' && by === 'operator');
    const keptIds = async () => (await entriesOf(service, '&sort=createdAt')).filter(isKept).slice(0, held.length * 3).map(({ id }) => id);
    const before = await keptIds();
    expect(before).toHaveLength(held.length * 3);
    await fc.assert(fc.asyncProperty(fc.constantFrom(...wordsOf(providers)).chain((provider) => fc.tuple(fc.constant(provider), fc.oneof(nearly(provider), fc.constantFrom(...bodiesOf(provider)), odd))), async ([provider, body]) => {
      const { status } = await service.call('POST', `/v1/inbound/${provider}`, JSON.stringify(body) ?? 'null');
      expect(status).toBeLessThan(500);
    }), { numRuns: 400 });
    expect(await keptIds()).toEqual(before);
  });
});
