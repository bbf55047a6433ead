import { describe, expect, it } from 'vitest';
import { redbot } from '../../../server/src/providers/redbot.ts';
import { telegram } from '../../../server/src/providers/telegram.ts';
import { telegrambot } from '../../../server/src/providers/telegrambot.ts';
import { sample } from '../../support/provider-samples.ts';

const ann = { value: '1111111111', kind: 'handle', channel: 'telegram' };

describe('updates of Telegram', () => {
  const read = (name: string) => telegram.read(sample('telegram-updates', name));

  it('are messages, edited ones too', () => {
    expect(read('message')).toEqual([{ kind: 'message', request: { addresses: [ann], channel: 'telegram', text: '/stop', messageId: '10000', receivedAt: '2015-09-07T17:05:32.000Z', evidence: { provider: 'telegram' } } }]);
    expect(read('edited')).toMatchObject([{ request: { text: 'stop', messageId: '10004' } }]);
  });

  it('are taps on a button, with its payload and its words', () => {
    expect(read('callback')).toMatchObject([{ request: { addresses: [ann], button: { text: 'Stop', payload: 'optout' } } }]);
  });

  it('opt out of everything whoever blocks the bot', () => {
    expect(read('kicked')).toMatchObject([{ kind: 'suppress', addresses: [ann], channel: 'telegram', entry: { kind: 'opt_out', by: 'recipient', purpose: 'all' }, evidence: { event: 'my_chat_member', eventId: '10006' } }]);
  });

  it.each(['back', 'group', 'poll'])('are passed over where nobody opts out: %s', (name) => {
    expect(read(name)).toEqual([{ kind: 'ignored' }]);
  });

  it.each([null, [], {}, { message: {} }])('are nothing else: %j', (body) => expect(telegram.read(body)).toBeNull());
});

describe('messages of RedBot', () => {
  const read = (name: string) => redbot.read(sample('redbot-messages', name));

  it('come from the channel of their transport', () => {
    expect(read('whatsapp')).toMatchObject([{ request: { addresses: [{ value: '+14155552671', kind: 'phone' }], channel: 'whatsapp', text: 'STOP', messageId: 'wamid.R1', receivedAt: '2026-03-03T10:15:00.000Z' } }]);
    expect(read('telegram')).toMatchObject([{ request: { addresses: [ann], channel: 'telegram', text: 'stop' } }]);
    expect(read('twilio')).toMatchObject([{ request: { addresses: [{ value: '+14155552671', kind: 'phone' }], channel: 'whatsapp' } }]);
    expect(read('payloadAlone')).toMatchObject([{ request: { addresses: [{ value: '1234567890123456', kind: 'handle', channel: 'messenger' }], channel: 'messenger' } }]);
    expect(read('photo')).toMatchObject([{ request: { text: 'stop' } }]);
  });

  it.each(['event', 'outbound', 'noTransport'])('are passed over where nobody says anything, or nobody knows where: %s', (name) => {
    expect(read(name)).toEqual([{ kind: 'ignored' }]);
  });

  it.each([null, [], {}, { payload: {} }, { payload: 'STOP' }])('are nothing else: %j', (body) => expect(redbot.read(body)).toBeNull());
});

describe('messages of telegrambot', () => {
  const read = (name: string) => telegrambot.read(sample('telegrambot-messages', name));

  it('are messages and taps', () => {
    expect(read('message')).toMatchObject([{ request: { addresses: [ann], channel: 'telegram', text: 'stop', receivedAt: '2015-09-07T17:05:32.000Z' } }]);
    expect(read('callback')).toMatchObject([{ request: { addresses: [ann], button: { payload: 'optout' } } }]);
  });

  it('are what an edited message says now', () => {
    expect(telegrambot.read({ payload: { chatId: 1111111111, messageId: 12, type: 'edited_message', content: 'stop' } })).toMatchObject([{ request: { text: 'stop' } }]);
  });

  it('of a group are nobody’s', () => expect(read('group')).toEqual([{ kind: 'ignored' }]));
});

describe('taps on the buttons of one message of ours', () => {
  const keyboard = { inline_keyboard: [[{ text: 'News', callback_data: 'news' }], [{ text: 'No more', callback_data: 'stop' }]] };
  const inRedBot = (content: string) =>
    redbot.read({ payload: { chatId: 1111111111, transport: 'telegram', type: 'message', inbound: true, messageId: 7, content }, originalMessage: { message_id: 7, date: 1441645532, text: content, reply_markup: keyboard } });
  const inTelegrambot = (content: string, callbackQueryId: string) =>
    telegrambot.read({ payload: { chatId: 1111111111, type: 'callback_query', messageId: 7, content, callbackQueryId }, originalMessage: { message: { message_id: 7, reply_markup: keyboard } } });

  it('are never taken for one another, though they share the id and the date of that message', () => {
    for (const [payload, text] of [['news', 'News'], ['stop', 'No more']] as const) {
      const [signal] = inRedBot(payload)!;
      expect(signal).toEqual({ kind: 'message', request: { addresses: [ann], channel: 'telegram', button: { text, payload }, evidence: { provider: 'redbot' } } });
    }
    expect([...inTelegrambot('news', '41')!, ...inTelegrambot('stop', '42')!]).toMatchObject([{ request: { messageId: '41' } }, { request: { messageId: '42', button: { text: 'No more', payload: 'stop' } } }]);
  });
});
