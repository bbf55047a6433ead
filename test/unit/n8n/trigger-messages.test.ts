import { describe, expect, it } from 'vitest';
import { triggerMessages } from '../../../nodes/Quietlist/triggerMessages.ts';

const telegram = (value: string) => ({ value, kind: 'handle', channel: 'telegram' });
const whatsApp = (message: object, more: object = {}) => ({
  messaging_product: 'whatsapp', metadata: { display_phone_number: '15550100', phone_number_id: '1' }, field: 'messages',
  contacts: [{ wa_id: '491701234567', profile: { name: 'Ann' } }], messages: [{ from: '491701234567', id: 'wamid.1', timestamp: '1770000000', ...message }], ...more,
});
const twilio = { MessageSid: 'SM1', From: '+447700900123', To: '+15550100', Body: 'STOP' };
const inboundEvent = 'com.twilio.messaging.inbound-message.received';
const chat = { id: 86, type: 'private' };

/** Shapes as the nodes of n8n give them, and as the providers document their webhooks. */
describe('a message from a trigger of n8n', () => {
  it.each<[string, object, object[]]>([
    ['WhatsApp Trigger: text', whatsApp({ type: 'text', text: { body: 'Stop' } }), [{ person: '+491701234567', channel: 'whatsapp', text: 'Stop', messageId: 'wamid.1' }]],
    [
      'WhatsApp Trigger: quick reply of a template', whatsApp({ type: 'button', button: { text: 'Stop promotions', payload: 'stop' } }),
      [{ person: '+491701234567', channel: 'whatsapp', button: { text: 'Stop promotions', payload: 'stop' }, messageId: 'wamid.1' }],
    ],
    [
      'WhatsApp Trigger: reply to buttons', whatsApp({ type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'Yes' } } }),
      [{ person: '+491701234567', channel: 'whatsapp', button: { text: 'Yes', payload: 'b1' }, messageId: 'wamid.1' }],
    ],
    [
      'WhatsApp Trigger: a person with a user id', whatsApp({ type: 'text', text: { body: 'hi' } }, { contacts: [{ wa_id: '491701234567', user_id: 'DE.13491208655302741918' }] }),
      [{ person: ['+491701234567', { value: 'DE.13491208655302741918', kind: 'handle', channel: 'whatsapp' }], channel: 'whatsapp', text: 'hi', messageId: 'wamid.1' }],
    ],
    [
      'WhatsApp Trigger: several messages at once, each with its own sender', whatsApp({}, {
        contacts: [{ wa_id: '491701234567', user_id: 'DE.13491208655302741918' }, { wa_id: '447700900123' }],
        messages: [{ from: '447700900123', id: 'a', text: { body: 'one' } }, { from: '491701234567', id: 'b', text: { body: 'two' } }],
      }),
      [
        { person: '+447700900123', channel: 'whatsapp', text: 'one', messageId: 'a' },
        { person: ['+491701234567', { value: 'DE.13491208655302741918', kind: 'handle', channel: 'whatsapp' }], channel: 'whatsapp', text: 'two', messageId: 'b' },
      ],
    ],
    ['WhatsApp Trigger: a delivery report', { messaging_product: 'whatsapp', metadata: {}, field: 'messages', statuses: [{ id: 'wamid.2', status: 'read' }] }, []],
    [
      'a Webhook that WhatsApp calls', { headers: {}, body: { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value: whatsApp({ text: { body: 'hi' } }) }, { field: 'messages', value: whatsApp({ id: 'wamid.2', text: { body: 'stop' } }) }] }] } },
      [{ person: '+491701234567', channel: 'whatsapp', text: 'hi', messageId: 'wamid.1' }, { person: '+491701234567', channel: 'whatsapp', text: 'stop', messageId: 'wamid.2' }],
    ],
    ['Telegram Trigger: text', { update_id: 7, message: { message_id: 1, chat, from: { id: 86 }, text: '/stop' } }, [{ person: telegram('86'), channel: 'telegram', text: '/stop', messageId: 'update-7' }]],
    ['Telegram Trigger: an edited message is another one', { update_id: 8, edited_message: { message_id: 1, chat, text: 'stop' } }, [{ person: telegram('86'), channel: 'telegram', text: 'stop', messageId: 'update-8' }]],
    ['Telegram Trigger: a picture', { update_id: 9, message: { chat, photo: [], caption: 'look' } }, [{ person: telegram('86'), channel: 'telegram', text: 'look', messageId: 'update-9' }]],
    [
      'Telegram Trigger: a button', { update_id: 10, callback_query: { id: '5', from: { id: 86 }, data: 'opt_out', message: { chat, text: 'News?', reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }], [{ text: 'No more', callback_data: 'opt_out' }]] } } } },
      [{ person: telegram('86'), channel: 'telegram', button: { text: 'No more', payload: 'opt_out' }, messageId: 'update-10' }],
    ],
    ['Telegram Trigger: a poll', { update_id: 11, poll: { id: '1' } }, []],
    ['a Webhook that Telegram calls', { body: { update_id: 12, message: { chat, text: 'hi' } } }, [{ person: telegram('86'), channel: 'telegram', text: 'hi', messageId: 'update-12' }]],
    ['Twilio Trigger', { specversion: '1.0', type: inboundEvent, data: { messageSid: 'SM1', from: '+447700900123', to: '+15550100', body: 'Stop ' } }, [{ person: '+447700900123', channel: 'sms', text: 'Stop ', messageId: 'SM1' }]],
    ['Twilio Trigger: WhatsApp', { type: inboundEvent, data: { messageSid: 'SM1', from: 'whatsapp:+447700900123', body: 'x' } }, [{ person: '+447700900123', channel: 'whatsapp', text: 'x', messageId: 'SM1' }]],
    ['Twilio Trigger: a message of ours', { type: 'com.twilio.messaging.message.delivered', data: { messageSid: 'SM1', from: '+15550100', to: '+447700900123' } }, []],
    ['a Webhook that Twilio calls', { headers: {}, body: twilio }, [{ person: '+447700900123', channel: 'sms', text: 'STOP', messageId: 'SM1' }]],
    ['a Webhook that Twilio calls with a button', { body: { ...twilio, From: 'whatsapp:+447700900123', ButtonText: 'No', ButtonPayload: 'no' } }, [{ person: '+447700900123', channel: 'whatsapp', text: 'STOP', button: { text: 'No', payload: 'no' }, messageId: 'SM1' }]],
    ['a status callback of Twilio, which is from ourselves', { body: { MessageSid: 'SM1', MessageStatus: 'delivered', From: '+15550100', To: '+447700900123' } }, []],
    ['Email Trigger (IMAP)', { from: 'Ann <ann@example.com>', to: 'us@example.com', subject: 'unsubscribe', textPlain: '', metadata: { 'message-id': '<1@example.com>' } }, [{ person: 'Ann <ann@example.com>', channel: 'email', text: 'unsubscribe', messageId: '<1@example.com>' }]],
    ['Gmail Trigger', { id: '18f', From: 'ann@example.com', Subject: 'Re: News', snippet: 'please stop' }, [{ person: 'ann@example.com', channel: 'email', text: 'please stop' }]],
  ])('%s', (_, item, expected) => expect(triggerMessages(item as never)).toEqual(expected));

  it.each<[string, object]>([['nothing', {}], ['something else', { hello: 'world', body: { a: 1 } }], ['a mail from nobody', { subject: 'x' }], ['a number alone', { from: '+447700900123', text: 'stop' }], ['a prototype', Object.create({ update_id: 1 }) as object]])(
    'is not guessed: %s',
    (_, item) => expect(triggerMessages(item as never)).toBeUndefined(),
  );
});
