import { describe, expect, it } from 'vitest';
import { isDeliveryReport, receivedMessage } from '@quietlist/client/received-message';

const telegram = (value: string) => ({ value, kind: 'handle', channel: 'telegram' });
const whatsApp = (value: object) => ({ payload: { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata: { phone_number_id: '2' }, ...value } }] }] } });
const keyboard = { inline_keyboard: [[{ text: 'News', callback_data: 'news' }], [{ text: 'No more news', callback_data: 'stop-news' }]] };

describe('what a message says', () => {
  it.each<[string, unknown, object]>([
    ['RedBot', { payload: { chatId: 86, transport: 'telegram', type: 'message', content: 'Stop', messageId: 7, inbound: true }, originalMessage: { message_id: 7, text: 'Stop' } }, { text: 'Stop', on: 'telegram' }],
    [
      'RedBot, a button of Telegram, whose id is that of the message with the buttons',
      { payload: { chatId: 86, transport: 'telegram', type: 'message', content: 'stop-news', messageId: 7 }, originalMessage: { message_id: 7, text: 'stop-news', reply_markup: keyboard } },
      { button: { text: 'No more news', payload: 'stop-news' }, on: 'telegram' },
    ],
    [
      'RedBot, a button of WhatsApp',
      { payload: { chatId: '491701234567', transport: 'whatsapp', type: 'message', content: 'STOP_ALL' }, originalMessage: { id: 'wamid.1', type: 'button', button: { text: 'Stop promotions', payload: 'STOP_ALL' } } },
      { button: { text: 'Stop promotions', payload: 'STOP_ALL' }, messageId: 'wamid.1', on: 'whatsapp' },
    ],
    ['RedBot, a photo', { payload: { chatId: 86, transport: 'telegram', type: 'photo', content: Buffer.from('x'), caption: 'stop' } }, { text: 'stop', on: 'telegram' }],
    ['RedBot on Twilio', { payload: { chatId: '+447700900123', transport: 'twilio', type: 'message', content: 'STOP', messageId: 'SM1' } }, { text: 'STOP', messageId: 'SM1', on: 'sms' }],
    ['telegrambot', { payload: { chatId: 86, messageId: 7, type: 'message', content: '/stop', date: 1 }, originalMessage: {}, telegramBot: { botname: 'b' } }, { text: '/stop', on: 'telegram' }],
    ['telegrambot, an edited message', { payload: { chatId: 86, messageId: 7, type: 'edited_message', content: 'stop' }, telegramBot: {} }, { text: 'stop', on: 'telegram' }],
    ['telegrambot, a sticker', { payload: { chatId: 86, messageId: 7, type: 'sticker', content: 'file-id' }, telegramBot: {} }, { on: 'telegram' }],
    [
      'telegrambot, a button',
      { payload: { chatId: 86, messageId: 7, type: 'callback_query', content: 'stop-news', callbackQueryId: '4382bfdwdsb323b2d9' }, originalMessage: { message: { reply_markup: keyboard } }, telegramBot: {} },
      { button: { text: 'No more news', payload: 'stop-news' }, messageId: '4382bfdwdsb323b2d9', on: 'telegram' },
    ],
    ['Twilio, a text message', { payload: { MessageSid: 'SM1', From: '+447700900123', To: '+1', Body: 'Stop', SmsStatus: 'received' } }, { text: 'Stop', messageId: 'SM1', on: 'sms' }],
    [
      'Twilio, a button of WhatsApp',
      { payload: { MessageSid: 'SM2', From: 'whatsapp:+447700900123', Body: 'Stop promotions', ButtonText: 'Stop promotions', ButtonPayload: 'stop' } },
      { text: 'Stop promotions', button: { text: 'Stop promotions', payload: 'stop' }, messageId: 'SM2', on: 'whatsapp' },
    ],
    ['WhatsApp Cloud', whatsApp({ messages: [{ id: 'wamid.1', from: '491701234567', type: 'text', text: { body: 'STOP' } }] }), { text: 'STOP', messageId: 'wamid.1', on: 'whatsapp' }],
    ['WhatsApp Cloud, a caption', whatsApp({ messages: [{ id: 'wamid.2', from: '491701234567', type: 'image', image: { id: '5', caption: 'stop' } }] }), { text: 'stop', messageId: 'wamid.2', on: 'whatsapp' }],
    [
      'WhatsApp Cloud, a quick reply of a template',
      whatsApp({ messages: [{ id: 'wamid.3', from: '491701234567', type: 'button', button: { text: 'Stop', payload: 'stop-1' } }] }),
      { button: { text: 'Stop', payload: 'stop-1' }, messageId: 'wamid.3', on: 'whatsapp' },
    ],
    [
      'WhatsApp Cloud, a reply to buttons',
      whatsApp({ messages: [{ id: 'wamid.4', from: '491701234567', type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'Stop' } } }] }),
      { button: { text: 'Stop', payload: 'b1' }, messageId: 'wamid.4', on: 'whatsapp' },
    ],
    [
      'WhatsApp Cloud, a reply to a list',
      whatsApp({ messages: [{ id: 'wamid.5', from: '491701234567', type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'l1', title: 'Stop' } } }] }),
      { button: { text: 'Stop', payload: 'l1' }, messageId: 'wamid.5', on: 'whatsapp' },
    ],
    ['e-mail', { from: 'ann@example.com', topic: 'Re: News', payload: 'please stop', header: { 'message-id': '<1@example.com>' } }, { text: 'please stop', messageId: '<1@example.com>', on: 'email' }],
    ['e-mail with nothing but a subject', { from: 'Ann <ann@example.com>', topic: 'unsubscribe', payload: '\n' }, { text: 'unsubscribe', on: 'email' }],
    ['e-mail whose id is longer than any that is kept', { from: 'ann@example.com', payload: 'stop', header: { 'message-id': `<${'x'.repeat(300)}>` } }, { text: 'stop', on: 'email' }],
    ['whatsapp-link, whose ids have an @', { from: '491701234567@c.us', payload: 'stop' }, { text: 'stop' }],
    ['a text without a sender', { payload: 'stop', topic: 'x' }, { text: 'stop' }],
    ['nothing', { payload: { a: 1 }, topic: 'stop' }, {}],
    ['no message', undefined, {}],
  ])('%s', (_, message, expected) => {
    const { contact, ...content } = receivedMessage(message);
    expect({ ...content, ...(contact?.channel ? { on: contact.channel } : {}) }).toEqual(expected);
  });

  it('comes with whom it is from', () => {
    expect(receivedMessage({ payload: { chatId: 86, transport: 'telegram', content: 'hi' } }).contact).toEqual({ person: telegram('86'), people: [telegram('86')], channel: 'telegram' });
    expect(receivedMessage({ payload: 'hi' })).not.toHaveProperty('contact');
  });
});

describe('a delivery report', () => {
  it.each([
    ['of WhatsApp Cloud', whatsApp({ statuses: [{ id: 'wamid.1', status: 'delivered', recipient_id: '491701234567' }] })],
    ['of Twilio, which comes from ourselves', { payload: { MessageSid: 'SM1', MessageStatus: 'delivered', From: '+15550100', To: '+447700900123' } }],
  ])('is told from a message: %s', (_, message) => expect(isDeliveryReport(message)).toBe(true));

  it.each([
    ['a message of WhatsApp', whatsApp({ messages: [{ id: 'wamid.1', from: '491701234567', text: { body: 'STOP' } }] })],
    ['a message with a report', whatsApp({ statuses: [], messages: [{ id: 'wamid.1' }] })],
    ['the wish of a person in WhatsApp’s settings', whatsApp({ statuses: [], user_preferences: [{ value: 'stop' }] })],
    ['a message of Twilio', { payload: { MessageSid: 'SM1', SmsStatus: 'received', MessageStatus: 'received', From: '+447700900123', Body: '' } }],
    ['a message of Twilio with a status', { payload: { MessageSid: 'SM1', MessageStatus: 'delivered', From: '+447700900123', Body: 'STOP' } }],
    ['something else', { payload: 'delivered' }],
  ])('is none: %s', (_, message) => expect(isDeliveryReport(message)).toBe(false));
});
