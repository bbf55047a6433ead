import type { Provider } from '@quietlist/contract/providers';
import { repeatOptions } from '../../eachItem.ts';
import type { InboundTask } from '../../inboundItems.ts';
import { parameterError, said, textOf } from '../../parameters.ts';
import type { ProviderNews } from '../../providerNews.ts';
import type { Run } from '../../run.ts';

/** Whom a body is from only the service can tell, so bodies are handed on one after the other. */
export const newsTask = (run: Run, itemIndex: number, { provider, body }: ProviderNews): InboundTask => ({
  itemIndex,
  lane: 'provider',
  ask: async () => {
    const { messages, ...counts } = await run.client.receiveFromProvider(provider, body, repeatOptions(run, itemIndex));
    return { messages, more: counts };
  },
});

/** The body that the user hands on. */
export const definedNews = (run: Run, itemIndex: number): ProviderNews => ({
  provider: said(run, itemIndex, textOf<Provider>(run.read('provider', itemIndex)), 'Provider'),
  body: bodyOf(run, itemIndex),
});

const bodyOf = (run: Run, itemIndex: number): object => {
  const given = run.read('providerBody', itemIndex);
  const body = typeof given === 'string' ? parsed(given) : given;
  if (typeof body !== 'object' || body === null) {
    throw parameterError(run, itemIndex, '“Body” is not the body of a webhook', 'Hand on the object that the provider sent, e.g. {{ $json.body }} behind a Webhook node.');
  }
  return body;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
