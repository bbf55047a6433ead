import type { Entry } from '@quietlist/contract/entry';
import type { LinkResult } from '@quietlist/contract/link';
import type { TestService } from './service.ts';

/** Makes one link and answers it with its path at this service. */
export async function makeLink(service: TestService, link: object, more: object = {}): Promise<LinkResult & { path: string }> {
  const { body } = await service.call('POST', '/v1/links', { links: [link], ...more });
  const [result] = body.results as LinkResult[];
  if (!result) throw new Error(`No link was made: ${JSON.stringify(body)}`);
  return { ...result, path: new URL(result.url ?? 'http://none').pathname };
}

export interface Visit {
  method?: string;
  body?: string | FormData | Uint8Array;
  headers?: Record<string, string>;
}

export interface Page {
  status: number;
  headers: Headers;
  html: string;
}

/** Asks for a page as a browser or a mail program would: without a key, following nothing. */
export async function visit(service: TestService, path: string, { method = 'GET', body, headers = {} }: Visit = {}): Promise<Page> {
  const response = await fetch(service.baseUrl + path, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body: body as NonNullable<RequestInit['body']> }) });
  return { status: response.status, headers: response.headers, html: await response.text() };
}

export const formType = { 'content-type': 'application/x-www-form-urlencoded' };

/** What a mail program sends that shows its own button (RFC 8058). */
export const oneClick: Visit = { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: formType };
/** What the button of our page sends. */
export const pressed: Visit = { method: 'POST', body: 'confirm=yes', headers: formType };

/** The consent as the page shows it. */
export const statementOn = ({ html }: Page): string => /name="consent" value="([^"]*)"/.exec(html)?.[1]?.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))) ?? '';
export const consented = (statement: string): Visit => ({ method: 'POST', body: new URLSearchParams({ consent: statement }).toString(), headers: formType });

/** All entries of an address, ended ones too. */
export async function entriesOf(service: TestService, address: string): Promise<Entry[]> {
  return (await service.call('GET', `/v1/addresses/${encodeURIComponent(address)}`)).body.entries as Entry[];
}

/** Everything that the store holds of entries and history: the same before and after means that nothing was written. */
export async function written(service: TestService): Promise<string> {
  const { entries, events, links } = service.services.store;
  return JSON.stringify([await entries.scan(null, 100_000), await events.scan(null, 100_000), await links.scan(null, 100_000)]);
}
