import { describe, expect, it } from 'vitest';
import type { LanguageCode } from '@quietlist/contract/languages';
import { readMessage, type Meaning } from '../../../server/src/domain/keyword/read-message.ts';

const read = (text: string, options: { languages?: LanguageCode[]; channel?: string | null; inFlow?: boolean } = {}): Meaning =>
  readMessage(text, { languages: ['en'], channel: 'whatsapp', inFlow: false, ...options });
const acts = { kind: 'opt_out', tier: 1 };
const isSuspected = { kind: 'opt_out', tier: 2 };

describe('a message that is a keyword acts', () => {
  it.each(['STOP', 'stop!', '“Stop.”', 'Please stop', 'stop, thank you', 'STOP STOP stop', 'stopppp', 'Stopp', 'ＳＴＯＰ', 'S T O P', 'st\u200bop', 'stop 🛑', 'Stop all', 'STOPALL', 'opt-out', 'OptOut', 'unsubcribe', 'unsubscirbe'])('%s', (text) => {
    expect(read(text)).toMatchObject(acts);
  });

  it('says which keyword, in which language', () => {
    expect(read('Sair, por favor', { languages: ['en', 'pt'] })).toEqual({ kind: 'opt_out', tier: 1, language: 'pt', word: 'sair' });
    expect(read('STOP', { languages: ['pt'] })).toEqual({ kind: 'opt_out', tier: 1, language: 'pt', word: 'stop' });
  });

  it('opts in by START and UNSTOP, helps by HELP and INFO', () => {
    expect(read('START')).toMatchObject({ kind: 'opt_in', tier: 1 });
    expect(read('unstop please')).toMatchObject({ kind: 'opt_in', tier: 1 });
    expect(read('HELP')).toMatchObject({ kind: 'help', tier: 1 });
    expect(read('info')).toMatchObject({ kind: 'help', tier: 1 });
  });
});

describe('a message that says more than a keyword never acts', () => {
  it.each(["don't stop", 'please do not stop', 'Stop texting everybody but me', 'next stop is main street', 'stop lol', 'no stop', 'stop start', 'stop sign', 'stop by at 5', 'non-stop', 'stop the music please', '100 stops'])('%s', (text) => {
    expect(read(text)).not.toHaveProperty('tier', 1);
  });

  it('a bare yes, no or ok neither opts in nor out', () => {
    expect(read('Yes!')).toMatchObject({ kind: 'yes' });
    expect(read('no')).toMatchObject({ kind: 'no' });
    expect(read('ok')).toEqual({ kind: 'none' });
  });
});

describe('words of languages', () => {
  it('act where the language is enabled, and are held for review where it is not', () => {
    expect(read('abmelden', { languages: ['de'] })).toMatchObject(acts);
    expect(read('abmelden')).toMatchObject({ ...isSuspected, language: 'de' });
  });

  it('STOP acts in every language, and for a list without any it is held for review', () => {
    expect(read('stop', { languages: ['ja'] })).toEqual({ ...acts, language: 'ja', word: 'stop' });
    expect(read('stop', { languages: [] })).toMatchObject(isSuspected);
  });

  it('never opt in or help where the language is not enabled', () => {
    expect(read('alta')).toEqual({ kind: 'none' });
    expect(read('ajuda')).toEqual({ kind: 'none' });
  });

  it('an everyday word of somebody’s language does not act for another: “acha” is Hindi for ok', () => {
    expect(read('acha', { languages: ['en', 'hi'] })).toEqual({ kind: 'none' });
  });
});

describe('words that also steer a conversation', () => {
  it('act outside a flow', () => {
    for (const word of ['cancel', 'END', 'quit', 'remove']) expect(read(word)).toMatchObject(acts);
  });

  it('are held for review inside a flow, but act on SMS and RCS', () => {
    for (const word of ['cancel', 'end', 'quit', 'remove']) {
      expect(read(word, { inFlow: true })).toMatchObject(isSuspected);
      expect(read(word, { inFlow: true, channel: 'sms' })).toMatchObject(acts);
      expect(read(word, { inFlow: true, channel: 'rcs' })).toMatchObject(acts);
    }
  });

  it('STOP acts inside a flow, too', () => expect(read('stop', { inFlow: true })).toMatchObject(acts));

  it('START and continue opt nobody in inside a flow', () => {
    for (const word of ['start', 'continue', 'resume']) expect(read(word, { inFlow: true })).toEqual({ kind: 'none' });
  });
});

describe('wordings are held for review', () => {
  it.each(['Please stop sending me these', "don't text me again", 'take my number off your list', 'lose my number', 'Wrong number, please stop', 'I never signed up for this', 'How did you get my number?', 'leave me alone', 'no more texts', 'stpo', 'how do I unsubscribe?', 'Can you stop texting me and email me instead', "why won't you stop texting me", 'não me mande mais mensagens', 'Bitte keine Nachrichten mehr', 'Je ne veux plus recevoir vos messages', 'no me escriban más'])('%s', (text) => {
    expect(read(text)).toMatchObject(isSuspected);
  });

  it.each(["don't unsubscribe me", 'please do not stop sending me these', "I don't want to unsubscribe", 'cancel my order', 'I want to cancel my appointment', 'stop it lol', 'stop joking around', "don't call me now, in a meeting", 'no puedo parar de reír', 'hör nicht auf', 'quero cancelar a consulta de amanhã'])('but not %s', (text) => {
    expect(read(text)).toEqual({ kind: 'none' });
  });
});

describe('what is not the writer’s own word', () => {
  it.each(['Liked “Reply STOP to unsubscribe”', 'Reacted 👍 to “Reply STOP to unsubscribe”', '👍 to “Text STOP to end”', 'Removed a heart from “STOP to quit”', 'A aimé « Envoyez STOP au 36111 »', 'Gostou de “Responda PARAR”', 'Le gustó “Responde STOP”', 'Gefällt „Antworten Sie mit STOPP“'])('a reaction does nothing: %s', (text) => {
    expect(read(text)).toEqual({ kind: 'reaction' });
  });

  it.each(['Liked it a lot', 'Loved the “blue” one, thanks', 'Liked “x” but stop texting me'])('what only begins like one is read: %s', (text) => {
    expect(read(text)).not.toEqual({ kind: 'reaction' });
  });

  it.each(['ok thanks\n\n> Reply STOP to opt out', 'Sale today! Reply STOP to opt out', 'Sounds great!\n\nOn Mon, Jan 5, 2026 at 9:14 AM Acme <news@acme.example> wrote:\n> Reply STOP to opt out', 'Responda SAIR para cancelar'])('a quoted or forwarded footer does nothing: %s', (text) => {
    expect(read(text)).toEqual({ kind: 'none' });
  });

  it('the answer above a quotation or a signature is the whole message', () => {
    expect(read('STOP\n\nOn Mon, Jan 5, 2026 at 9:14 AM Acme <news@acme.example> wrote:\n> Hello')).toMatchObject(acts);
    expect(read('Unsubscribe\n\nSent from my iPhone')).toMatchObject(acts);
    expect(read('stop\r\n\r\nFrom: Acme <news@acme.example>\r\nSent: Monday\r\nSubject: Sale\r\n\r\nOur sale is on')).toMatchObject(acts);
    expect(read(`STOP\n\n${'> Our winter sale is on, and here is a long story about it.\n'.repeat(900)}`)).toMatchObject(acts);
  });

  it('what is quoted is nobody’s wish', () => {
    expect(read('ok thanks\n> please stop texting me')).toEqual({ kind: 'none' });
    expect(read('> STOP')).toEqual({ kind: 'none' });
  });
});
