import { beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import { whatsappHeaders } from '../support/provider-requests.ts';
import { connect, connectionSecret, decisionOf, entriesOf, sendWhatsapp } from '../support/providers.ts';
import { startService, type TestService } from '../support/service.ts';

let isDown = false;
let service: TestService;
const wrapStore = (store: Store): Store => ({ ...store, write: (work) => (isDown ? Promise.reject(new StoreUnavailable('down')) : store.write(work)) });

beforeEach(async () => {
  isDown = false;
  service = await startService({ wrapStore });
  return () => service.stop();
});

/** A body of WhatsApp in which this person says this. */
const whatsapp = (fields: object, from = '16505551234'): string =>
  JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', messages: [{ from, id: 'wamid.1', timestamp: '1772532000', ...fields }] } }] }] });

describe('a webhook that cannot be believed', () => {
  it('changes nothing, is refused in the same words whatever is wrong, and leaves no word of it in the log', async () => {
    const end = await connect(service, 'whatsapp', connectionSecret);
    const body = whatsapp({ type: 'text', text: { body: 'STOP canary-words' } }, '14155557733');
    const headers = whatsappHeaders(body, connectionSecret);
    const other = await connect(service, 'whatsapp', connectionSecret.replace('0', 'f'));
    const unknown = { ...end, send: (text: string, given?: Record<string, string>) => fetch(`${service.baseUrl}/v1/inbound/whatsapp/cnn_zzz`, { method: 'POST', body: text, ...(given ? { headers: given } : {}) }).then(async (response) => ({ status: response.status, text: await response.text(), headers: response.headers })) };
    const gone = await connect(service, 'whatsapp', connectionSecret);
    await service.call('DELETE', `/v1/connections/${gone.id}`);
    const answers = [
      await end.send(body), await end.send(body.replace('STOP', 'stop'), headers), await end.send(JSON.stringify(JSON.parse(body), null, 1), headers),
      await other.send(body, headers), await unknown.send(body, headers), await gone.send(body, headers), await end.send('', headers), await end.send('not json', headers),
    ];
    for (const { status, text, headers: given } of answers) {
      const { requestId, ...problem } = JSON.parse(text) as Record<string, unknown>;
      expect(requestId).toEqual(expect.any(String));
      expect([status, problem]).toEqual([401, expect.objectContaining({ code: 'invalid-signature' })]);
      expect(given.get('content-type')).toContain('application/problem+json');
    }
    expect(await entriesOf(service)).toEqual([]);
    const logs = service.logs.join('');
    expect(logs).toContain('webhook refused');
    for (const word of ['14155557733', 'canary-words', connectionSecret, 'STOP']) expect(logs).not.toContain(word);
  });

  it('is not believed under another provider’s name', async () => {
    const end = await connect(service, 'telegram', connectionSecret);
    const answer = await fetch(`${service.baseUrl}${end.path.replace('telegram', 'postmark')}`, { method: 'POST', body: '{}', headers: { 'x-webhook-token': connectionSecret } });
    expect(answer.status).toBe(401);
  });

  it('is told so where it was signed and is no webhook all the same', async () => {
    const end = await connect(service, 'whatsapp', connectionSecret);
    expect((await sendWhatsapp(end, '{"object":"page"}')).status).toBe(400);
    expect((await sendWhatsapp(end, 'STOP')).status).toBe(400);
    expect((await end.send('x'.repeat(1_100_000))).status).toBe(413);
  });
});

it('asks the provider to send again while nothing can be written, and loses nothing', async () => {
  const end = await connect(service, 'whatsapp', connectionSecret);
  const body = whatsapp({ type: 'text', text: { body: 'STOP' } });
  isDown = true;
  const answer = await sendWhatsapp(end, body);
  isDown = false;
  expect([answer.status, JSON.parse(answer.text).code, answer.headers.get('retry-after')]).toEqual([503, 'store-unavailable', '1']);
  expect((await sendWhatsapp(end, body)).status).toBe(200);
  expect(await decisionOf(service, '+16505551234')).toBe('suppress');
});
