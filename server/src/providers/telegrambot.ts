/**
 * Messages of telegrambot (node-red-contrib-telegrambot, windkh/node-red-contrib-telegrambot 17–19), read in its sources: the receiver and the event node put
 * `payload: {chatId, messageId, type, content, date}` and Telegram's own `originalMessage` into `msg`; `type` is "message", "callback_query" or the kind
 * of a medium. Nothing is signed: it comes with an API key.
 */
import { chatbotMessageIn, chatbotSignal } from './chatbot-message.ts';
import type { ProviderAdapter } from './provider.ts';

export const telegrambot: ProviderAdapter = {
  signed: null,
  read(body) {
    const found = chatbotMessageIn(body);
    return found ? [chatbotSignal('telegrambot', found, 'telegram')] : null;
  },
};
