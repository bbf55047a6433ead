import type { IDataObject } from 'n8n-workflow';
import { dig, get, isText } from '@quietlist/client/look-up';
import type { Provider } from '@quietlist/contract/providers';

/** The body of a provider's webhook, for the service to read. */
export interface ProviderNews {
  provider: Provider;
  body: object;
}

/**
 * What a trigger gave that is more than messages: somebody stopped marketing in WhatsApp's settings, got another number, blocked the bot, or was
 * refused by the provider. The service reads it as the provider sent it. Undefined for messages, and for reports that say nothing of that kind.
 */
export const providerNews = (json: IDataObject): ProviderNews | undefined => {
  for (const source of [json, get(json, 'body')]) {
    if (typeof source !== 'object' || source === null) continue;
    const provider = providerOf(source);
    if (provider !== undefined) return { provider, body: source };
  }
  return undefined;
};

const providerOf = (source: object): Provider | undefined => {
  if (get(source, 'messaging_product') === 'whatsapp') return isWhatsAppNews(source) ? 'whatsapp' : undefined;
  if (get(source, 'object') === 'whatsapp_business_account') {
    const changes = listOf(get(source, 'entry')).flatMap((entry) => listOf(get(entry, 'changes')));
    return changes.some((change) => isWhatsAppNews(get(change, 'value'))) ? 'whatsapp' : undefined;
  }
  if (get(source, 'update_id') !== undefined) return get(source, 'my_chat_member') === undefined ? undefined : 'telegram';
  const isTwilio = isText(get(source, 'MessageSid')) || isText(get(source, 'SmsSid'));
  return isTwilio && (isText(get(source, 'OptOutType')) || get(source, 'ErrorCode') !== undefined) ? 'twilio' : undefined;
};

/** Messages in which nobody says anything; a changed number is one of them. */
const silentTypes: unknown[] = ['reaction', 'system', 'unsupported', 'unknown', 'errors'];

const isWhatsAppNews = (value: unknown): boolean =>
  get(value, 'user_preferences') !== undefined || get(value, 'user_id_update') !== undefined ||
  listOf(get(value, 'messages')).some((message) => silentTypes.includes(get(message, 'type'))) ||
  listOf(get(value, 'statuses')).some((status) => dig(status, 'errors', 0) !== undefined);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
