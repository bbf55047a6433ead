import type { Provider } from '@quietlist/contract/providers';
import type { Outbound } from '../../server/src/app/outbound.ts';
import { signedSns, twilioHeaders, whatsappHeaders } from './provider-requests.ts';
import type { TestService } from './service.ts';

/** What the connections of tests are signed with, and where the service of tests is reached from outside. */
export const connectionSecret = '0123456789abcdef0123456789abcdef';
export const publicUrl = 'https://quietlist.example.com';

/** A provider that calls a service by itself. */
export interface ProvidersEnd {
  id: string;
  path: string;
  /** Sends bytes as they are. */
  send(body: string, headers?: Record<string, string>, method?: string): Promise<{ status: number; text: string; headers: Headers }>;
}

export async function connect(service: TestService, provider: Provider, secret: string, more: object = {}): Promise<ProvidersEnd> {
  const { status, body } = await service.call('POST', '/v1/connections', { provider, name: `${provider} ${Math.random()}`, secret, ...more });
  if (status !== 201) throw new Error(`No connection: ${JSON.stringify(body)}`);
  const path = `/v1/inbound/${provider}/${body.id as string}`;
  return {
    id: body.id as string,
    path,
    async send(text, headers = {}, method = 'POST') {
      const response = await fetch(service.baseUrl + path, { method, headers, ...(method === 'POST' ? { body: text } : {}) });
      return { status: response.status, text: await response.text(), headers: response.headers };
    },
  };
}

export function sendWhatsapp(end: ProvidersEnd, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return end.send(text, { 'content-type': 'application/json', ...whatsappHeaders(text, connectionSecret) });
}

export const sendTwilio = (end: ProvidersEnd, form: Record<string, string>) =>
  end.send(new URLSearchParams(form).toString(), { 'content-type': 'application/x-www-form-urlencoded', ...twilioHeaders(form, connectionSecret, publicUrl + end.path) });

export const sendSns = (end: ProvidersEnd, message: Record<string, unknown>) => end.send(JSON.stringify(signedSns(message, '2')), { 'content-type': 'text/plain; charset=UTF-8' });

/** A way out that reads what it is told to. */
export const reaching = (get: Outbound['get']): Outbound => ({ get, post: async () => ({ error: 'failed' }) });

/** The decision of a check about one address, in a word. */
export async function decisionOf(service: TestService, recipient: unknown, more: object = {}): Promise<string> {
  const { body } = await service.call('POST', '/v1/checks', { recipients: [recipient], ...more });
  return body.decisions[0].decision as string;
}

/** All entries that are there, in a few words each. */
export async function entriesOf(service: TestService, query = ''): Promise<Array<Record<string, unknown>>> {
  return (await service.call('GET', `/v1/entries?limit=100${query}`)).body.data as Array<Record<string, unknown>>;
}
