import type { ProviderAnswer } from '@quietlist/contract/connection';
import { providers, type Provider } from '@quietlist/contract/providers';
import { isProviderAnswer } from '@quietlist/contract/validators';
import { invalidRequest } from './field-error.ts';
import type { Requests } from './requests.ts';
import type { RepeatOptions } from './types.ts';

/** Hands on what a provider sent to a flow, as it came: the body of its webhook, or the message that a chatbot node made of it. */
export const receiveFromProvider = (requests: Requests, provider: Provider, body: unknown, { operationId }: RepeatOptions): Promise<ProviderAnswer> => {
  if (!Object.hasOwn(providers, provider)) throw invalidRequest({ pointer: '/provider', message: 'is not a provider that is known' });
  return requests.write({ method: 'POST', path: `/v1/inbound/${provider}`, body: asJson(body) }, isProviderAnswer, operationId);
};

/** Messages of Node-RED carry functions and circles; only what JSON holds is sent. */
const asJson = (body: unknown): unknown => {
  let text: string | undefined;
  try {
    text = JSON.stringify(body);
  } catch {
    text = undefined;
  }
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw invalidRequest({ pointer: '', message: 'is not the body of a webhook' });
  return value;
};
