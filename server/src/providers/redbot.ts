/**
 * Messages of RedBot (node-red-contrib-chatbot, guidone/node-red-contrib-chatbot 1.2 with chat-platform), read in its sources: a receiver puts
 * `payload: {type, content, chatId, messageId, transport, inbound: true, ts}` and `originalMessage: {chatId, transport, …}` into `msg`; senders answer
 * with `inbound: false`; `type` "event" is a delivery status. Nothing is signed: it comes with an API key.
 */
import { firstText, get } from './fields.ts';
import { chatbotMessageIn, chatbotSignal } from './chatbot-message.ts';
import type { ProviderAdapter } from './provider.ts';

export const redbot: ProviderAdapter = {
  signed: null,
  read(body) {
    const found = chatbotMessageIn(body);
    return found ? [chatbotSignal('redbot', found, firstText(get(found.payload, 'transport'), get(found.message, 'originalMessage', 'transport')))] : null;
  },
};
