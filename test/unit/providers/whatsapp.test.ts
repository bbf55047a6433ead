import { describe, expect, it } from 'vitest';
import { whatsapp } from '../../../server/src/providers/whatsapp.ts';
import { sample } from '../../support/provider-samples.ts';

const read = (file: string, name: string) => whatsapp.read(sample(`whatsapp-${file}`, name));
const number = { value: '+16505551234', kind: 'phone' };
const id = (value: string) => ({ value, kind: 'handle', channel: 'whatsapp' });
const person = [number, id('US.13491208655302741918'), id('US.ENT.11815799212886844830')];

describe('messages of WhatsApp', () => {
  it('come from one person with number, user id and parent id together', () => {
    expect(read('messages', 'text')).toEqual([{
      kind: 'message',
      request: { addresses: person, channel: 'whatsapp', text: 'STOP', messageId: 'wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=', receivedAt: '2025-06-08T20:59:43.000Z', evidence: { provider: 'whatsapp' } },
    }]);
  });

  it.each([
    ['templateButton', { text: 'Unsubscribe', payload: 'Unsubscribe' }],
    ['interactiveButton', { text: 'Cancel', payload: 'cancel-button' }],
    ['interactiveList', { text: 'Priority Mail Express', payload: 'priority_express' }],
  ])('say which button was tapped: %s', (name, button) => {
    expect(read('messages', name)).toMatchObject([{ kind: 'message', request: { button } }]);
  });

  it('are read in the caption of a picture, too', () => {
    expect(read('messages', 'imageWithCaption')).toMatchObject([{ request: { text: 'stop please' } }]);
  });

  it('come from a user id alone where the number is not shared', () => {
    expect(read('messages', 'withoutNumber')).toMatchObject([{ request: { addresses: [id('US.13491208655302741918')], text: 'hello' } }]);
  });

  it('of several people keep each with their own contact', () => {
    expect(read('messages', 'twoPeople')).toMatchObject([
      { request: { addresses: person, text: 'hi' } },
      { request: { addresses: [{ value: '+447700900123', kind: 'phone' }, id('GB.555')], text: 'STOP' } },
    ]);
  });

  it('are never linked to the contact of somebody else', () => {
    expect(read('messages', 'strangersContact')).toMatchObject([{ request: { addresses: [number] } }]);
  });

  it.each(['reaction', 'unsupported'])('in which nobody says anything are passed over: %s', (name) => {
    expect(read('messages', name)).toEqual([{ kind: 'ignored' }]);
  });
});

describe('changes of WhatsApp', () => {
  it('link the old number with the new one, and the user ids that changed with it', () => {
    expect(read('changes', 'numberChanged')).toMatchObject([{
      kind: 'address_changed', reason: 'number_changed', addresses: [number, id('US.13491208655302741918'), { value: '+12195555358', kind: 'phone' }, id('US.99')],
    }]);
  });

  it('link user ids that change alone', () => {
    expect(read('changes', 'userIdChanged')).toMatchObject([{ kind: 'address_changed', reason: 'user_id_changed', addresses: ['US.13491208655302741918', 'US.ENT.1', 'US.99', 'US.ENT.2'].map(id) }]);
    expect(read('changes', 'userIdUpdate')).toMatchObject([{ kind: 'address_changed', reason: 'user_id_changed', addresses: [number, id('US.1'), id('US.ENT.1'), id('US.2'), id('US.ENT.2')] }]);
  });

  it('of a security code are nobody’s new address', () => {
    expect(read('changes', 'identityChanged')).toEqual([{ kind: 'ignored' }]);
  });
});

describe('preferences and statuses of WhatsApp', () => {
  it('opt out of marketing when marketing messages are stopped', () => {
    expect(read('preferences', 'stop')).toMatchObject([{
      kind: 'suppress', addresses: person, channel: 'whatsapp', at: '2024-11-15T21:22:01.000Z',
      entry: { kind: 'opt_out', reason: 'opt_out', by: 'recipient', source: 'provider', purpose: 'marketing', direction: 'outbound' },
      evidence: { provider: 'whatsapp', event: 'user_preferences', eventAt: '2024-11-15T21:22:01.000Z' },
    }]);
  });

  it('resume marketing, and nothing wider', () => {
    expect(read('preferences', 'resume')).toMatchObject([{ kind: 'resume', addresses: person, purpose: 'marketing' }]);
    expect(read('preferences', 'otherCategory')).toEqual([{ kind: 'ignored' }]);
  });

  it('opt out who stopped marketing, and nobody whose phone was off', () => {
    expect(read('statuses', 'stoppedMarketing')).toMatchObject([{ kind: 'suppress', addresses: [number, id('US.13491208655302741918')], entry: { purpose: 'marketing' }, evidence: { diagnosticCode: '131050', eventId: 'wamid.G' } }]);
    expect(read('statuses', 'undeliverable')).toEqual([{ kind: 'ignored' }]);
    expect(read('statuses', 'read')).toEqual([{ kind: 'ignored' }]);
  });
});

it.each([null, [], 'text', {}, { object: 'page', entry: [] }, { object: 'whatsapp_business_account' }])('takes no other body for a webhook of WhatsApp: %j', (body) => {
  expect(whatsapp.read(body)).toBeNull();
});

it('passes over what a webhook holds that is not known', () => {
  expect(whatsapp.read({ object: 'whatsapp_business_account', entry: [{ changes: [{ value: { calls: [{}] }, field: 'calls' }, 'x', { value: null }] }, 7] })).toEqual([{ kind: 'ignored' }, { kind: 'ignored' }, { kind: 'ignored' }]);
});

describe('the question of Meta whether the address is ours', () => {
  const asked = (query: string) => whatsapp.signed?.challenge?.(new URLSearchParams(query), 'cnn_1');
  it('is answered with its challenge when the token is right', () => {
    expect(asked('hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=cnn_1')).toBe('1158201444');
  });
  it.each(['hub.mode=subscribe&hub.challenge=1&hub.verify_token=cnn_2', 'hub.challenge=1&hub.verify_token=cnn_1', 'hub.mode=subscribe&hub.verify_token=cnn_1', 'hub.mode=subscribe&hub.verify_token=cnn_1&hub.challenge=<b>', ''])('is not answered otherwise: %s', (query) => {
    expect(asked(query)).toBeNull();
  });
});
