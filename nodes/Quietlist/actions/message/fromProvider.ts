import type { IDataObject } from 'n8n-workflow';
import type { Provider } from '@quietlist/contract/providers';
import { repeatOptions } from '../../eachItem.ts';
import type { InboundTask } from '../../inboundItems.ts';
import { parameterError, said, textOf } from '../../parameters.ts';
import type { Run } from '../../run.ts';

/** Whom a body is from only the service can tell, so bodies are handed on one after the other. */
export const providerTask = (run: Run, itemIndex: number): InboundTask => {
  const provider = said(run, itemIndex, textOf<Provider>(run.read('provider', itemIndex)), 'Provider');
  const body = bodyOf(run, itemIndex, provider);
  return {
    itemIndex,
    lane: 'provider',
    ask: async () => {
      const { messages, ...counts } = await run.client.receiveFromProvider(provider, body, repeatOptions(run, itemIndex));
      return { messages, more: counts };
    },
  };
};

const bodyOf = (run: Run, itemIndex: number, provider: Provider): object => {
  const given = run.read('providerBody', itemIndex);
  const body = typeof given === 'string' ? parsed(given) : given;
  if (typeof body !== 'object' || body === null) {
    throw parameterError(run, itemIndex, '“Body” is not the body of a webhook', 'Hand on the object that the provider sent, e.g. {{ $json.body }} behind a Webhook node.');
  }
  return provider === 'whatsapp' ? wholeWhatsApp(body as IDataObject) : body;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** WhatsApp Trigger gives each change of a webhook alone, with its field beside its value. */
const wholeWhatsApp = ({ field, ...value }: IDataObject): object =>
  value.messaging_product === 'whatsapp' ? { object: 'whatsapp_business_account', entry: [{ changes: [{ field: field ?? 'messages', value }] }] } : { ...(field === undefined ? {} : { field }), ...value };
