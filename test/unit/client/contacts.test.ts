import { describe, expect, it } from 'vitest';
import { contactOfMessage, everyoneOfMessage, recipientOfMessage, splitContacts } from '@quietlist/client/contacts';

describe('contacts typed into one box', () => {
  it.each<[string, string[]]>([
    ['9100223445,user@gmail.com', ['9100223445', 'user@gmail.com']],
    [' +49 170 1234567 ;\n ann@example.com\r\n\r\n,, ', ['+49 170 1234567', 'ann@example.com']],
    ['', []],
    [' , ;\n', []],
    ['"Doe, Ann" <ann@x.com>, bob@x.com', ['"Doe, Ann" <ann@x.com>', 'bob@x.com']],
    ['"Doe; \\"A, B\\"" <ann@x.com>;bob@x.com', ['"Doe; \\"A, B\\"" <ann@x.com>', 'bob@x.com']],
    ['Ann <ann@x.com>; Bob <bob@x.com>', ['Ann <ann@x.com>', 'Bob <bob@x.com>']],
    ["o'brien@x.com, D'Arcy <d'arcy@x.com>", ["o'brien@x.com", "D'Arcy <d'arcy@x.com>"]],
    ['+44 (0)20 7946-0958, +1 (555) 010.0100', ['+44 (0)20 7946-0958', '+1 (555) 010.0100']],
    ['tel:+1-201-555-0123;ext=5;phone-context=+1,ann@x.com', ['tel:+1-201-555-0123;ext=5;phone-context=+1', 'ann@x.com']],
    ['whatsapp:+491701234567;whatsapp:+447700900123', ['whatsapp:+491701234567', 'whatsapp:+447700900123']],
    ['"ann@x.com, bob@x.com', ['"ann@x.com', 'bob@x.com']],
    ['5" pipe, bob@x.com', ['5" pipe', 'bob@x.com']],
    ['a < b, bob@x.com\n"x\ny", c', ['a < b', 'bob@x.com', '"x', 'y"', 'c']],
    ['<ann@x.com>,<bob@x.com>', ['<ann@x.com>', '<bob@x.com>']],
  ])('%j', (text, contacts) => expect(splitContacts(text)).toEqual(contacts));
});

const telegram = (value: string) => ({ value, kind: 'handle', channel: 'telegram' });

describe('the contact of a message', () => {
  it.each<[string, unknown, object]>([
    ['RedBot on Telegram', { payload: { chatId: 8612345, transport: 'telegram', type: 'message', content: 'STOP' } }, { person: telegram('8612345'), channel: 'telegram' }],
    ['a Telegram group', { payload: { chatId: -1001234567890, transport: 'telegram' } }, { person: telegram('-1001234567890'), channel: 'telegram' }],
    ['RedBot on WhatsApp', { payload: { chatId: '491701234567', transport: 'whatsapp' } }, { person: '+491701234567', channel: 'whatsapp' }],
    ['RedBot on Facebook', { payload: { chatId: '2345678901234567', transport: 'facebook' } }, { person: { value: '2345678901234567', kind: 'handle', channel: 'messenger' }, channel: 'messenger' }],
    ['RedBot on Twilio, a text message', { payload: { chatId: '+447700900123', transport: 'twilio' } }, { person: '+447700900123', channel: 'sms' }],
    ['RedBot on Twilio, WhatsApp', { payload: { chatId: 'whatsapp:+447700900123', transport: 'twilio' } }, { person: '+447700900123', channel: 'whatsapp' }],
    ['RedBot on a gateway that carries several channels', { payload: { chatId: '+447700900123', transport: 'smooch' } }, { person: '+447700900123' }],
    ['RedBot, replies collected in an array', { payload: [{ type: 'message' }, { chatId: 'a1', transport: 'slack' }] }, { person: { value: 'a1', kind: 'handle', channel: 'slack' }, channel: 'slack' }],
    ['RedBot after the payload was replaced', { payload: 'Hello', originalMessage: { chatId: 77, transport: 'telegram' } }, { person: telegram('77'), channel: 'telegram' }],
    ['telegrambot', { payload: { chatId: 8612345, type: 'message' }, telegramBot: { botname: 'bot' } }, { person: telegram('8612345'), channel: 'telegram' }],
    ['a chat id of no known transport', { payload: { chatId: '12345' } }, { person: '12345' }],
    ['Twilio, a text message', { payload: { From: '+447700900123', Body: 'STOP', MessageSid: 'SM1' } }, { person: '+447700900123', channel: 'sms' }],
    ['Twilio, WhatsApp', { payload: { From: 'whatsapp:+447700900123', MessageSid: 'SM1' } }, { person: '+447700900123', channel: 'whatsapp' }],
    ['something with From', { payload: { From: '+447700900123' } }, { person: '+447700900123' }],
    ['WhatsApp Cloud', { payload: { entry: [{ changes: [{ value: { messages: [{ from: '491701234567' }] } }] }] } }, { person: '+491701234567', channel: 'whatsapp' }],
    ['whatsapp-link in', { from: '491701234567', chatID: '491701234567@c.us' }, { person: '491701234567' }],
    ['e-mail in', { from: '"Doe, Ann" <ann@x.com>', payload: 'text', topic: 'Hello' }, { person: '"Doe, Ann" <ann@x.com>' }],
    ['e-mail out', { to: 'ann@x.com', payload: 'text' }, { person: 'ann@x.com' }],
    ['whatsapp-link out', { toNumber: '491701234567' }, { person: '491701234567' }],
    ['the chat before from and to', { payload: { chatId: 1, transport: 'telegram' }, from: 'a@x.com', to: 'b@x.com' }, { person: telegram('1'), channel: 'telegram' }],
    ['from before to', { from: 'a@x.com', to: 'b@x.com', toNumber: '1' }, { person: 'a@x.com' }],
  ])('%s', (_, message, expected) => {
    const { people, ...contact } = contactOfMessage(message)!;
    expect(contact).toEqual(expected);
    expect(people).toEqual([contact.person]);
  });

  it('of WhatsApp Cloud is one person by number and by ids, whichever are there', () => {
    const message = (received: object, contact: object = {}) => ({ payload: { entry: [{ changes: [{ value: { contacts: [contact], messages: [received] } }] }] } });
    const id = (value: string) => ({ value, kind: 'handle', channel: 'whatsapp' });
    const person = ['+491701234567', id('DE.13491208655302741918'), id('DE.ENT.11815799212886844830')];
    expect(contactOfMessage(message({ from: '491701234567', from_user_id: 'DE.13491208655302741918' }, { parent_user_id: 'DE.ENT.11815799212886844830' }))).toEqual({ person, people: [person], channel: 'whatsapp' });
    expect(contactOfMessage(message({ user_id: 'DE.13491208655302741918' }))).toMatchObject({ person: id('DE.13491208655302741918') });
    expect(contactOfMessage(message({ from: '' }, { wa_id: '491701234567', user_id: 'DE.1' }))).toMatchObject({ person: ['+491701234567', id('DE.1')] });
    expect(contactOfMessage(message({ text: { body: 'STOP' } }))).toBeUndefined();
  });

  it('that goes to several is checked as a whole and written one by one', () => {
    const several = contactOfMessage({ to: 'ann@x.com, "B, C" <bob@x.com>' })!;
    expect(several).toEqual({ person: ['ann@x.com', '"B, C" <bob@x.com>'], people: ['ann@x.com', '"B, C" <bob@x.com>'] });
    expect(contactOfMessage({ payload: { chatId: [1, 2], transport: 'telegram' } })!.people).toEqual([telegram('1'), telegram('2')]);
    expect(contactOfMessage({ to: ['whatsapp:+491701234567', '+447700900123'] }), 'on different channels: no channel is certain').not.toHaveProperty('channel');
  });

  it.each([undefined, null, 'text', 5, {}, { payload: null }, { payload: { chatId: '' } }, { payload: { chatId: {} } }, { to: '' }, { from: null, to: [] }, { topic: '+491701234567' }, Object.create({ from: 'a@x.com' })])(
    'that names nobody (%j) is not guessed',
    (message) => expect(contactOfMessage(message)).toBeUndefined(),
  );
});

describe('whom a message to be sent goes to', () => {
  it.each<[string, unknown, unknown]>([
    ['the chat that it answers', { payload: { chatId: 1, transport: 'telegram' }, to: 'b@x.com' }, telegram('1')],
    ['`to`, not `from`', { from: 'shop@x.com', to: 'ann@x.com' }, 'ann@x.com'],
    ['whom it came from, when nothing else is said', { payload: { From: 'whatsapp:+447700900123', MessageSid: 'SM1' } }, '+447700900123'],
  ])('is %s', (_, message, person) => expect(recipientOfMessage(message)!.person).toEqual(person));

  it('may be either of `from` and `to`: each is named once', () => {
    expect(everyoneOfMessage({ from: 'shop@x.com', to: 'ann@x.com, bob@x.com' })).toEqual(['shop@x.com', 'ann@x.com', 'bob@x.com']);
    expect(everyoneOfMessage({ from: 'ann@x.com', to: 'ann@x.com' })).toEqual(['ann@x.com']);
    expect(everyoneOfMessage({ payload: { chatId: 1, transport: 'telegram' } })).toEqual([telegram('1')]);
    expect(everyoneOfMessage({})).toEqual([]);
  });
});
