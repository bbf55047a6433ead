import { describe, expect, it } from 'vitest';
import { twilio } from '../../../server/src/providers/twilio.ts';
import { sample } from '../../support/provider-samples.ts';

const read = (file: string, name: string) => twilio.read(sample(`twilio-${file}`, name));
const number = { value: '+14155552671', kind: 'phone' };

describe('messages of Twilio', () => {
  it('are text messages where the number has no prefix', () => {
    expect(read('messages', 'sms')).toEqual([{
      kind: 'message', request: { addresses: [number], channel: 'sms', text: 'Hello there', messageId: 'SM2b1f7a6bc0f14d8e9f0f0a1b2c3d4e5f', evidence: { provider: 'twilio' } },
    }]);
  });

  it.each([['stop', 'opt_out'], ['ownWord', 'opt_out'], ['start', 'opt_in'], ['help', 'help']])('say what Twilio took them for: %s', (name, reading) => {
    expect(read('messages', name)).toMatchObject([{ kind: 'message', reading }]);
  });

  it('say on which channel they came, and which button was tapped', () => {
    expect(read('messages', 'whatsappButton')).toMatchObject([{ request: { addresses: [number], channel: 'whatsapp', button: { text: 'Stop', payload: 'stop-offers' } } }]);
    expect(read('messages', 'messenger')).toMatchObject([{ request: { channel: 'messenger', addresses: [{ value: '1234567890123456', kind: 'handle', channel: 'messenger' }] } }]);
  });

  it('of a number that cannot be read are still messages', () => {
    expect(read('messages', 'shortCode')).toMatchObject([{ request: { addresses: [{ value: '32665', kind: 'phone' }], text: 'STOP' } }]);
  });
});

describe('statuses of Twilio', () => {
  it('opt out whoever replied STOP to Twilio', () => {
    expect(read('statuses', 'optedOut')).toMatchObject([{ kind: 'suppress', addresses: [number], channel: 'sms', entry: { kind: 'opt_out', by: 'recipient', purpose: 'all', source: 'provider' }, evidence: { diagnosticCode: '21610' } }]);
  });

  it.each(['unreachable', 'delivered'])('say nothing else of the person: %s', (name) => {
    expect(read('statuses', name)).toEqual([{ kind: 'ignored' }]);
  });
});

it('reads a form as Twilio posts it', () => {
  expect(twilio.parse?.(Buffer.from('From=%2B14155552671&Body=STOP+%F0%9F%99%8F&SmsSid=SM1'))).toEqual({ From: '+14155552671', Body: 'STOP 🙏', SmsSid: 'SM1' });
});

it.each([null, [], 'x', {}, { From: '+14155552671', Body: 'STOP' }])('takes no other body for a webhook of Twilio: %j', (body) => {
  expect(twilio.read(body)).toBeNull();
});
