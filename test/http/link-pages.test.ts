import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import { heldStore } from '../support/held-store.ts';
import { consented, entriesOf, formType, makeLink, oneClick, pressed, statementOn, visit, written, type Visit } from '../support/links.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let now = Date.UTC(2026, 2, 3);
let fault: Error | null = null;
const wrapStore = (store: Store): Store => ({
  ...store,
  links: { ...store.links, find: (hash) => (fault?.message === 'reads' ? Promise.reject(fault) : store.links.find(hash)) },
  write: (work) => (fault ? Promise.reject(fault) : store.write(work)),
});
beforeAll(async () => {
  service = await startService({ wrapStore, clock: () => now });
  await service.call('POST', '/v1/lists', { name: 'News <b>' });
});
afterEach(() => {
  fault = null;
});
afterAll(() => service.stop());

let people = 0;
const someone = (): string => `person${(people += 1)}@example.com`;
const multipart = (fields: Record<string, string>): Visit => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return { method: 'POST', body };
};
const checked = async (address: string, more: object = {}): Promise<string> => (await service.call('POST', '/v1/checks', { recipients: [address], ...more })).body.decisions[0].decision;

describe('opting out by a link', () => {
  it('acts at once on the button of the page: the recipient’s own opt-out, with how it came', async () => {
    const address = someone();
    const { path } = await makeLink(service, { address, list: 'News <b>', channel: 'email' });
    const page = await visit(service, path, pressed);
    expect([page.status, page.html.includes('You are unsubscribed')]).toEqual([200, true]);
    const [entry, ...more] = await entriesOf(service, address);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ kind: 'opt_out', listName: 'News <b>', channel: 'email', sender: null, purpose: 'marketing', reason: 'opt_out', source: 'opt_out', by: 'recipient', evidence: { via: 'page' }, expiresAt: null });
    expect([await checked(address), await checked(address, { channel: 'sms' }), await checked(address, { lists: ['default'] })]).toEqual(['suppress', 'allow', 'allow']);
    const { body } = await service.call('GET', `/v1/addresses/${address}`);
    expect(body.events.map(({ actor, action }: { actor: string; action: string }) => [actor, action])).toEqual([['link', 'added']]);
  });

  it.each<[string, Visit]>([
    ['as a form', oneClick],
    ['as a form with a charset', { ...oneClick, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } }],
    ['as multipart', multipart({ 'List-Unsubscribe': 'One-Click' })],
    ['without a body', { method: 'POST' }],
    ['with an empty form', { method: 'POST', body: '', headers: formType }],
    ['with the field many times', { method: 'POST', body: 'List-Unsubscribe=One-Click&List-Unsubscribe=No&List-Unsubscribe[]=&__proto__=1', headers: formType }],
    ['with a form that cannot be read', { method: 'POST', body: '--x\r\nbroken', headers: { 'content-type': 'multipart/form-data; boundary=y' } }],
    ['with another word', { method: 'POST', body: 'List-Unsubscribe=Maybe', headers: formType }],
  ])('acts at once on a one-click request %s, without cookie, redirect or key', async (_what, request) => {
    const address = someone();
    const { path } = await makeLink(service, { address });
    const page = await visit(service, `${path}?utm_source=x`, request);
    expect([page.status, page.headers.get('set-cookie'), page.headers.get('location'), page.headers.get('content-type')]).toEqual([200, null, null, 'text/html; charset=utf-8']);
    expect(await entriesOf(service, address)).toMatchObject([{ kind: 'opt_out', list: 'default', channel: null, by: 'recipient', evidence: { via: 'one_click' } }]);
  });

  it('writes once, however often it is asked', async () => {
    const address = someone();
    const { path } = await makeLink(service, { address });
    await visit(service, path, oneClick);
    const before = await written(service);
    const pages = await Promise.all(Array.from({ length: 100 }, (_, index) => visit(service, path, index % 2 ? oneClick : pressed)));
    expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await written(service)).toBe(before);
  });

  it('makes an operator’s opt-out the recipient’s own', async () => {
    const address = someone();
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address, by: 'operator', expiresAt: '2027-01-01T00:00:00Z' }] });
    const { path } = await makeLink(service, { address });
    expect((await visit(service, path)).html).toContain('Unsubscribe?');
    await visit(service, path, pressed);
    expect(await entriesOf(service, address)).toMatchObject([{ by: 'recipient', expiresAt: null, evidence: { via: 'page' } }]);
    expect((await visit(service, path)).html).toContain('You are unsubscribed');
  });

  it('takes the token in any case of its letters, as some mail programs change it', async () => {
    const address = someone();
    const { path } = await makeLink(service, { address });
    expect((await visit(service, `/u/${path.slice(3).toUpperCase()}`, oneClick)).status).toBe(200);
    expect(await checked(address)).toBe('suppress');
  });

  it('opts out handles and phones as they were read', async () => {
    for (const [given, key] of [[{ value: '77001', kind: 'handle', channel: 'telegram' }, 'telegram::77001'], [{ value: 'v-9', kind: 'handle', channel: 'mychat', scope: 'a:b' }, 'mychat:a%3Ab:v-9'], ['+55 11 8765-4321', '+5511987654321']] as const) {
      const { path } = await makeLink(service, { address: given });
      await visit(service, path, oneClick);
      const entries = await service.services.store.entries.scan(null, 10_000);
      expect(entries.filter(({ entry }) => entry.key === key)).toHaveLength(1);
      expect((await service.call('POST', '/v1/checks', { recipients: [{ address: given }] })).body.decisions[0].decision).toBe('suppress');
    }
  });

  it('is counted like any other', async () => {
    const series = async () => Number(/quietlist_entries_added_total\{kind="opt_out",outcome="added"\} (\d+)/.exec((await service.call('GET', '/metrics')).body)?.[1] ?? 0);
    const before = await series();
    await visit(service, (await makeLink(service, { address: someone() })).path, oneClick);
    expect(await series()).toBe(before + 1);
  });
});

describe('a link outlives what it was made for', () => {
  const aList = async (name: string): Promise<string> => (await service.call('POST', '/v1/lists', { name })).body.id;

  it('opts out of the default list when its list is gone', async () => {
    const address = someone();
    const id = await aList('Short-lived');
    const { path } = await makeLink(service, { address, list: id });
    expect((await service.call('DELETE', `/v1/lists/${id}`)).status).toBe(200);
    expect((await visit(service, path)).html).toContain('Default');
    expect((await visit(service, path, oneClick)).status).toBe(200);
    expect(await entriesOf(service, address)).toMatchObject([{ list: 'default', by: 'recipient' }]);
  });

  it('follows a list whose members were moved', async () => {
    const [address, other] = [someone(), someone()];
    const [from, to] = [await aList('Old name'), await aList('New name')];
    const { path } = await makeLink(service, { address, list: from });
    await visit(service, (await makeLink(service, { address: other, list: from })).path, oneClick);
    expect((await service.call('DELETE', `/v1/lists/${from}`, { members: 'move', to })).status).toBe(200);
    expect((await visit(service, path)).html).toContain('New name');
    await visit(service, path, oneClick);
    expect(await entriesOf(service, address)).toMatchObject([{ list: to, by: 'recipient' }]);
  });

  it('opts out of any sender when its sender is gone or on another channel', async () => {
    const sender = async (name: string): Promise<string> => (await service.call('POST', '/v1/senders', { name, channel: 'email' })).body.id;
    const address = someone();
    const id = await sender('Gone soon');
    const { path } = await makeLink(service, { address, channel: 'email', sender: id });
    expect((await visit(service, path)).html).toContain('Gone soon');
    await service.call('DELETE', `/v1/senders/${id}`);
    await visit(service, path, oneClick);
    expect(await entriesOf(service, address)).toMatchObject([{ sender: null, channel: 'email', by: 'recipient' }]);
  });
});

describe('opting in again', () => {
  const optedOut = async (more: object = {}) => {
    const address = someone();
    const { path } = await makeLink(service, { address, ...more });
    await visit(service, path, pressed);
    const page = await visit(service, path);
    return { address, path, page, statement: statementOn(page) };
  };

  it('takes a box that nobody has ticked, and keeps the words beside it as the consent', async () => {
    const { address, path, page, statement } = await optedOut({ list: 'News <b>', channel: 'email' });
    expect(page.html).toMatch(/<input type="checkbox" name="consent" value="[^"]+" required autocomplete="off">/);
    expect(statement).toBe('I want to receive the messages of the list “News <b>” from main again (Email).');
    now += 1_000;
    const done = await visit(service, `${path}/resubscribe`, consented(statement));
    expect([done.status, done.html.includes('You are subscribed again')]).toEqual([200, true]);
    expect(await checked(address)).toBe('allow');
    const { body } = await service.call('GET', `/v1/addresses/${address}`);
    expect(body.events[0]).toMatchObject({ actor: 'link', action: 'removed', reason: 'recipient', after: { by: 'recipient', consent: { method: 'form', statement, at: new Date(now).toISOString(), by: 'recipient' } } });
    expect((await visit(service, path)).html).toContain('Unsubscribe?');
  });

  it.each<[string, (statement: string) => Visit]>([
    ['without the box', () => ({ method: 'POST', body: '', headers: formType })],
    ['without a body', () => ({ method: 'POST' })],
    ['with other words', () => consented('yes')],
    ['with words for another list', (statement) => consented(statement.replace('Default', 'News'))],
    ['with the box twice', (statement) => ({ method: 'POST', body: `${String(consented(statement).body)}&${String(consented(statement).body)}`, headers: formType })],
    ['with a one-click request', () => oneClick],
    ['with a form that cannot be read', (statement) => ({ method: 'POST', body: `--x\r\n\r\n${statement}`, headers: { 'content-type': 'multipart/form-data; boundary=y' } })],
  ])('is refused %s, and says what is missing', async (_what, request) => {
    const { address, path, statement } = await optedOut();
    const before = await written(service);
    const page = await visit(service, `${path}/resubscribe`, request(statement));
    expect([page.status, page.html.includes('Tick the box first')]).toEqual([422, true]);
    expect(await written(service)).toBe(before);
    expect(await checked(address)).toBe('suppress');
  });

  it('lifts nothing else: no block, no opt-out of another scope, none of an operator', async () => {
    const { address, path, statement } = await optedOut({ channel: 'email' });
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address }, { kind: 'opt_out', address }, { kind: 'opt_out', address, channel: 'sms' }, { kind: 'opt_out', address, list: 'News <b>', channel: 'email' }] });
    await visit(service, `${path}/resubscribe`, consented(statement));
    const left = (await entriesOf(service, address)).filter(({ status }) => status === 'active');
    expect(left.map(({ kind, listName, channel }) => [kind, listName, channel]).toSorted()).toEqual([['block', null, null], ['opt_out', 'Default', null], ['opt_out', 'Default', 'sms'], ['opt_out', 'News <b>', 'email']]);

    const other = someone();
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: other, by: 'operator' }] });
    const link = await makeLink(service, { address: other });
    const page = await visit(service, `${link.path}/resubscribe`, consented('I want to receive the messages of the list “Default” from main again.'));
    expect([page.status, page.html.includes('You are subscribed again'), await checked(other)]).toEqual([200, false, 'suppress']);
  });

  it('can be taken in every language, and only as a page showed it', async () => {
    for (const [language, beginning] of [['pt-BR', 'Quero'], ['es', 'Quiero'], ['de-AT', 'Ich möchte'], ['fr', 'Je souhaite']] as const) {
      const { path, address } = await optedOut();
      const statement = statementOn(await visit(service, path, { headers: { 'accept-language': language } }));
      expect(statement.startsWith(beginning)).toBe(true);
      expect((await visit(service, `${path}/resubscribe`, multipart({ consent: statement }))).status).toBe(200);
      expect(await checked(address)).toBe('allow');
    }
  });
});

describe('nothing is written', () => {
  it('by opening a link, however and however often', async () => {
    const { path } = await makeLink(service, { address: someone() });
    const optedOut = (await makeLink(service, { address: someone() })).path;
    await visit(service, optedOut, oneClick);
    const before = await written(service);
    const paths = [path, `${path}?confirm=yes&List-Unsubscribe=One-Click`, `${path}/resubscribe`, optedOut, `${optedOut}/resubscribe?consent=yes`, `${path}/`, `${path}/other`, '/u/', '/u'];
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']) {
      for (const one of paths) await Promise.all(Array.from({ length: method === 'GET' || method === 'HEAD' ? 20 : 3 }, () => visit(service, one, { method })));
    }
    expect(await written(service)).toBe(before);
    expect((await visit(service, `${path}/resubscribe`)).headers.get('location')).toBe(`../${path.slice(3)}`);
  }, 60_000);

  it('by a body that no page and no mail program sends', async () => {
    const { path } = await makeLink(service, { address: someone() });
    const before = await written(service);
    for (const type of ['application/json', 'text/plain', 'text/html', 'application/xml', 'x', 'application/x-www-form-urlencodedx']) {
      const page = await visit(service, path, { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': type } });
      expect([page.status, page.html.includes('That did not work'), page.headers.get('content-type')]).toEqual([415, true, 'text/html; charset=utf-8']);
    }
    expect((await visit(service, path, { method: 'POST', body: `a=${'x'.repeat(10_000)}`, headers: formType })).status).toBe(413);
    expect(await written(service)).toBe(before);
  });

  it('while the store cannot: the page says so, and when to come again', async () => {
    const { path } = await makeLink(service, { address: someone() });
    fault = new StoreUnavailable('writes');
    for (const request of [pressed, oneClick]) {
      const page = await visit(service, path, request);
      expect([page.status, page.headers.get('retry-after'), page.html.includes('Not possible right now'), page.html.includes('You are unsubscribed')]).toEqual([503, '60', true, false]);
    }
    expect((await visit(service, path)).status).toBe(200);
    fault = new StoreUnavailable('reads');
    expect((await visit(service, path)).status).toBe(503);
    fault = new RangeError('person@example.com');
    expect((await visit(service, path, oneClick)).status).toBe(503);
    fault = null;
    expect((await visit(service, path, oneClick)).status).toBe(200);
  });
});

it('a service that has too much to do says so on a page, and loses nothing that it acknowledged', async () => {
  const held = heldStore();
  const busy = await startService({ wrapStore: held.wrap, http: { requestsInFlight: 1 } });
  const { path } = await makeLink(busy, { address: 'busy@example.com' });
  held.hold();
  const first = visit(busy, path, oneClick);
  await held.holds(1);
  const second = await visit(busy, path, oneClick);
  held.release();
  expect([second.status, second.headers.get('retry-after'), second.headers.get('content-type'), (await first).status]).toEqual([503, '60', 'text/html; charset=utf-8', 200]);
  expect(await entriesOf(busy, 'busy@example.com')).toHaveLength(1);
  await busy.stop();
});

describe('a token that is no link’s', () => {
  const nobody = '0123456789abcdefghijklmnopqrstuv';
  const unknown = (token: string, method = 'GET') => visit(service, `/u/${token}`, { method });

  it('gets one and the same page, whatever is wrong with it', async () => {
    const { path } = await makeLink(service, { address: someone() });
    const real = path.slice(3);
    const forged = `${real.slice(0, -1)}${real.endsWith('0') ? '1' : '0'}`;
    const first = await unknown(nobody);
    expect([first.status, first.html.includes('This link does not work')]).toEqual([404, true]);
    const headersOf = (headers: Headers) => {
      const lines: string[] = [];
      headers.forEach((value, name) => /^(date|connection|keep-alive)$/.test(name) || lines.push(`${name}: ${value}`));
      return lines.join('\n');
    };
    for (const token of [forged, real.slice(0, -1), `${real}0`, 'x', '%00', '%F0%9F%9A%80', '%ZZ', '%', 'a'.repeat(3_000), '..%2f..%2fetc', '__proto__', "'%20or%201=1--", real.replace(/^../, ''), '', `${real}/x`, `${real}/`]) {
      const page = await unknown(token);
      expect({ token, status: page.status, html: page.html, headers: headersOf(page.headers) }).toEqual({ token, status: 404, html: first.html, headers: headersOf(first.headers) });
    }
    for (const request of [oneClick, pressed]) expect((await visit(service, `/u/${forged}`, request)).html).toBe(first.html);
    expect((await visit(service, `/u/${forged}/resubscribe`, consented('x'))).html).toBe(first.html);
    const head = await unknown(forged, 'HEAD');
    expect([head.status, head.html, headersOf(head.headers)]).toEqual([404, '', headersOf((await unknown(nobody, 'HEAD')).headers)]);
  });
});

describe('every page', () => {
  it('is for this reader alone: no script, no cookie, nothing from elsewhere, not kept, not indexed, no referrer', async () => {
    const { path } = await makeLink(service, { address: someone() });
    const pages = [await visit(service, path), await visit(service, path, pressed), await visit(service, '/u/x'), await visit(service, path, { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }), await visit(service, `${path}/resubscribe`, oneClick)];
    for (const { headers, html } of pages) {
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=*'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/);
      expect(Object.fromEntries(['cache-control', 'referrer-policy', 'x-robots-tag', 'x-content-type-options', 'set-cookie'].map((name) => [name, headers.get(name)]))).toEqual({
        'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow', 'x-content-type-options': 'nosniff', 'set-cookie': null,
      });
      expect(html).not.toMatch(/<script|javascript:|\son\w+=|https?:|src=|<link/i);
      expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(html.replace(/<style>.*<\/style>/s, '')).not.toContain('@');
      expect(html).not.toContain('<b>');
    }
  });

  it.each([
    ['', 'en', 'Unsubscribe?'], ['pt-BR,pt;q=0.9,en;q=0.8', 'pt', 'Cancelar a inscrição?'], ['nl, es-419;q=0.5', 'es', '¿Cancelar la suscripción?'], ['en;q=0.2, de-CH;q=0.8', 'de', 'Abmelden?'],
    ['FR', 'fr', 'Se désabonner\u00a0?'], ['ja,zh', 'en', 'Unsubscribe?'], ['de;q=0, fr;q=0.1', 'fr', 'Se désabonner\u00a0?'], [`${'x,'.repeat(5_000)}de`, 'en', 'Unsubscribe?'], ['*, de;q=0.5', 'en', 'Unsubscribe?'], ['de;q=abc', 'en', 'Unsubscribe?'],
  ])('for Accept-Language %j is in %s', async (header, language, title) => {
    const { path } = await makeLink(service, { address: 'reader@example.com' });
    const { html, headers } = await visit(service, path, { headers: { 'accept-language': header } });
    expect([html.includes(`<html lang="${language}">`), html.includes(`<h1>${title}</h1>`), headers.get('content-language')]).toEqual([true, true, language]);
    expect((await visit(service, '/u/x', { headers: { 'accept-language': header } })).html).toContain(`<html lang="${language}">`);
  });

  it('leaves no token and no address in the log', async () => {
    const address = someone();
    const { path } = await makeLink(service, { address });
    fault = new RangeError(`${address} ${path}`);
    await visit(service, path, oneClick);
    fault = null;
    for (const request of [{}, pressed, oneClick]) await visit(service, path, request);
    await visit(service, `${path}/x`);
    const log = service.logs.join('\n');
    expect(log).toContain('"route":"/u/:token"');
    expect(log).not.toContain(path.slice(3));
    expect(log).not.toContain(address);
  });
});
