import { routes } from '@quietlist/contract/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileShape } from '../support/ajv.ts';
import { freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const isRule = compileShape(routes.createRule.response);
const isTemplate = compileShape(routes.createTemplate.response);

async function create(rule: object) {
  const { status, body } = await service.call('POST', '/v1/rules', rule);
  expect([status, isRule(body)], JSON.stringify(body)).toEqual([201, true]);
  return body;
}
const receive = async (message: object) => (await service.call('POST', '/v1/inbound', { channel: 'whatsapp', ...message })).body;
const decision = async (address: string, scope: object = {}) => (await service.call('POST', '/v1/checks', { recipients: [address], channel: 'whatsapp', ...scope })).body.decisions[0].decision;
const newList = async (fields: object) => (await service.call('POST', '/v1/lists', fields)).body;

describe('a button rule', () => {
  it('fires on the exact text or payload of the tap, and on nothing that is only like it (C7)', async () => {
    const rule = await create({ trigger: 'button', text: 'Stop promotions', action: 'opt_out', reply: 'No more promotions.' });
    expect(rule).toMatchObject({ id: expect.stringMatching(/^rul_/), source: 'custom', templates: [], lists: [] });
    for (const button of [{ text: 'stop promotions' }, { text: 'Stop promotions ' }, { text: 'Stop promotions now', payload: 'STOP_PROMOTIONS' }]) {
      expect((await receive({ address: freshPhone(), button })).matched?.by).not.toBe('button');
    }
    for (const button of [{ text: 'Stop promotions' }, { text: 'anything', payload: 'Stop promotions' }]) {
      const phone = freshPhone();
      expect(await receive({ address: phone, button })).toMatchObject({ action: 'opted_out', matched: { by: 'button', rule: rule.id }, reply: { text: 'No more promotions.' } });
      expect((await service.call('GET', `/v1/addresses/${encodeURIComponent(phone)}`)).body.entries[0]).toMatchObject({ source: 'template_reply', by: 'recipient', purpose: 'marketing' });
    }
  });

  it('says nothing about a text that somebody typed', async () => {
    expect((await receive({ address: freshPhone(), text: 'Stop promotions' })).matched?.by).not.toBe('button');
  });

  it('leaves the text of other buttons to be read as text: a tap on STOP counts', async () => {
    expect((await receive({ address: freshPhone(), button: { text: 'STOP', payload: 'x' } })).action).toBe('opted_out');
  });

  it('has at most 256 characters', async () => {
    await create({ trigger: 'button', text: 'b'.repeat(256), action: 'help' });
    expectProblem(await service.call('POST', '/v1/rules', { trigger: 'button', text: 'b'.repeat(257), action: 'help' }), 'invalid-request', '/text');
  });
});

describe('a keyword rule', () => {
  it('fires on the whole message whatever its case, and opts out of one or many lists (B12)', async () => {
    const [one, two] = [await newList({ name: 'Offers' }), await newList({ name: 'Events' })];
    const rule = await create({ trigger: 'keyword', text: 'Basta!', action: 'opt_out', lists: ['Offers', two.id] });
    expect(rule.lists).toEqual([one.id, two.id]);
    const phone = freshPhone();
    expect(await receive({ address: phone, text: 'please BASTA' })).toMatchObject({ action: 'opted_out', matched: { by: 'rule', rule: rule.id } });
    expect([await decision(phone, { lists: ['Offers'] }), await decision(phone, { lists: ['Events'] }), await decision(phone, { lists: ['default'] })]).toEqual(['suppress', 'suppress', 'allow']);
    expect((await receive({ address: freshPhone(), text: 'ya basta, hombre' })).matched?.rule ?? null).toBeNull();
  });

  it('blocks on the channel of the message, whoever hands it in (A10)', async () => {
    await create({ trigger: 'keyword', text: 'abuse me', action: 'block' });
    const phone = freshPhone();
    const agent = await service.createKey('agent');
    const { body } = await service.call('POST', '/v1/inbound', { address: phone, channel: 'whatsapp', text: 'Abuse me' }, { key: agent });
    expect(body.action).toBe('blacklisted');
    expect([await decision(phone), await decision(phone, { channel: 'sms' })]).toEqual(['suppress', 'allow']);
  });

  it('never leaves somebody unheld whose address cannot be read', async () => {
    const answer = await receive({ address: 'nobody-can-read-x', channel: 'sms', text: 'abuse me' });
    expect(answer).toMatchObject({ action: 'opted_out', unverified: true });
  });

  it('lifts own opt-outs of its lists, and answers with help', async () => {
    await create({ trigger: 'keyword', text: 'come back', action: 'opt_in', lists: ['Offers'], reply: 'Welcome back.' });
    await create({ trigger: 'keyword', text: 'que es esto', action: 'help', reply: 'We are the shop.' });
    const phone = freshPhone();
    await receive({ address: phone, text: 'basta' });
    expect(await receive({ address: phone, text: 'Come back' })).toMatchObject({ action: 'opted_in', reply: { text: 'Welcome back.' } });
    expect([await decision(phone, { lists: ['Offers'] }), await decision(phone, { lists: ['Events'] })]).toEqual(['allow', 'suppress']);
    expect(await receive({ address: freshPhone(), text: '¿Qué es esto?' })).toMatchObject({ action: 'help', handled: true, reply: { text: 'We are the shop.' } });
  });

  it('counts only on its channel', async () => {
    await create({ trigger: 'keyword', text: 'only here', action: 'opt_out', channel: 'telegram' });
    expect((await receive({ address: freshPhone(), text: 'only here' })).action).toBe('none');
    expect((await receive({ address: '123456789', channel: 'telegram', text: 'only here' })).action).toBe('opted_out');
  });

  it('is there once for a channel, however it is written, and has a letter or digit', async () => {
    await create({ trigger: 'keyword', text: 'Einmal', action: 'opt_out' });
    expectProblem(await service.call('POST', '/v1/rules', { trigger: 'keyword', text: 'EINMAL!', action: 'block' }), 'conflict', '/text');
    await create({ trigger: 'keyword', text: 'einmal', action: 'block', channel: 'sms' });
    expectProblem(await service.call('POST', '/v1/rules', { trigger: 'keyword', text: '!!! …', action: 'block' }), 'invalid-request', '/text');
  });

  it('gives way to the one that suppresses more', async () => {
    await create({ trigger: 'keyword', text: 'both ways', action: 'opt_in' });
    await create({ trigger: 'keyword', text: 'both ways', action: 'opt_out', channel: 'whatsapp' });
    expect((await receive({ address: freshPhone(), text: 'both ways' })).action).toBe('opted_out');
  });
});

describe('rules', () => {
  it('are listed, shown, changed and deleted', async () => {
    const rule = await create({ trigger: 'keyword', text: 'changing', action: 'opt_out' });
    expect((await service.call('GET', `/v1/rules/${rule.id}`)).body).toEqual(rule);
    expect((await service.call('PATCH', `/v1/rules/${rule.id}`, { action: 'help', reply: 'Hi.', lists: ['default'] })).body).toMatchObject({ action: 'help', reply: 'Hi.', lists: ['default'] });
    expect((await receive({ address: freshPhone(), text: 'changing' })).action).toBe('help');
    const { body } = await service.call('GET', '/v1/rules?trigger=keyword&limit=1000');
    expect(body.data.find(({ id }: { id: string }) => id === rule.id)).toMatchObject({ action: 'help' });
    expect(body.data.every(({ trigger }: { trigger: string }) => trigger === 'keyword')).toBe(true);
    expect((await service.call('DELETE', `/v1/rules/${rule.id}`)).status).toBe(200);
    expectProblem(await service.call('GET', `/v1/rules/${rule.id}`), 'not-found');
    expect((await receive({ address: freshPhone(), text: 'changing' })).action).toBe('none');
    expectProblem(await service.call('POST', '/v1/rules', { trigger: 'keyword', text: 'x', action: 'opt_out', lists: ['Nowhere'] }), 'unknown-list', '/lists/0');
  });

  it('are not retroactive; a preview counts what one would have matched, a backfill applies it (C8)', async () => {
    const [first, second, third] = [freshPhone(), freshPhone(), freshPhone()];
    for (const address of [first, first, second, third]) await receive({ address, text: 'nimmermehr' });
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: third }] });
    await receive({ address: third, text: 'START' });
    const { body: preview } = await service.call('POST', '/v1/rules/preview', { trigger: 'keyword', text: 'Nimmermehr' });
    expect(preview).toMatchObject({ matched: 4, people: 3 });
    const rule = await create({ trigger: 'keyword', text: 'nimmermehr', action: 'opt_out' });
    expect(await decision(first)).toBe('allow');
    expect((await service.call('POST', `/v1/rules/${rule.id}/backfill`, { dryRun: true })).body).toMatchObject({ matched: 4, changed: 2, dryRun: true });
    expect(await decision(first)).toBe('allow');
    const { body: done } = await service.call('POST', `/v1/rules/${rule.id}/backfill`, {});
    expect(done).toMatchObject({ matched: 4, changed: 2, batch: expect.stringContaining(rule.id), dryRun: false });
    expect([await decision(first), await decision(second), await decision(third)]).toEqual(['suppress', 'suppress', 'allow']);
    expect((await service.call('POST', `/v1/rules/${rule.id}/backfill`, {})).body.changed).toBe(0);
    const helping = await create({ trigger: 'keyword', text: 'nur hilfe', action: 'help' });
    expectProblem(await service.call('POST', `/v1/rules/${helping.id}/backfill`, {}), 'invalid-request', 'id');
  });

  it('come from the buttons of templates, which show what was added already (C5, C6)', async () => {
    const { status, body: template } = await service.call('POST', '/v1/templates', { name: 'spring_sale', channel: 'whatsapp', buttons: ['Shop now', 'Not for me'] });
    expect([status, isTemplate(template)]).toEqual([201, true]);
    expect(template.buttons).toEqual([{ text: 'Shop now', rule: null }, { text: 'Not for me', rule: null }]);
    const rule = await create({ trigger: 'button', text: 'Not for me', action: 'opt_out', template: template.id });
    expect(rule).toMatchObject({ source: 'template', templates: ['spring_sale'] });
    expect((await service.call('GET', `/v1/templates/${template.id}`)).body.buttons[1]).toEqual({ text: 'Not for me', rule: rule.id });
    expectProblem(await service.call('POST', '/v1/rules', { trigger: 'button', text: 'No such button', action: 'opt_out', template: template.id }), 'invalid-request', '/text');
    await service.call('POST', '/v1/templates', { name: 'summer_sale', buttons: ['Not for me'] });
    expect((await service.call('GET', `/v1/rules/${rule.id}`)).body.templates).toEqual(['spring_sale', 'summer_sale']);
    expectProblem(await service.call('POST', '/v1/templates', { name: 'spring_sale', buttons: ['x'] }), 'conflict', '/name');
    expect((await service.call('PATCH', `/v1/templates/${template.id}`, { buttons: ['Later'] })).body.buttons).toEqual([{ text: 'Later', rule: null }]);
    expect((await service.call('DELETE', `/v1/templates/${template.id}`)).status).toBe(200);
    expect((await receive({ address: freshPhone(), button: { text: 'Not for me' } })).action).toBe('opted_out');
    expect((await service.call('GET', '/v1/templates')).body.data.map(({ name }: { name: string }) => name)).toEqual(['summer_sale']);
  });
});

describe('the keyword of a list', () => {
  it('opts out of that list, and tells its confirmation message (B5)', async () => {
    await newList({ name: 'Newsletter', keyword: 'NO NEWS', confirmationMessage: 'You left the newsletter.' });
    const phone = freshPhone();
    expect(await receive({ address: phone, text: 'no news!' })).toMatchObject({ action: 'opted_out', matched: { by: 'list_keyword' }, reply: { text: 'You left the newsletter.' } });
    expect([await decision(phone, { lists: ['Newsletter'] }), await decision(phone, { lists: ['default'] })]).toEqual(['suppress', 'allow']);
    expectProblem(await service.call('POST', '/v1/lists', { name: 'Mute', keyword: '!!!' }), 'invalid-request', '/keyword');
    expectProblem(await service.call('POST', '/v1/lists', { name: 'Mute', keyword: 'k'.repeat(51) }), 'invalid-request', '/keyword');
  });
});

describe('the languages of a list', () => {
  it('let the person be told in the name of the list whose message it is', async () => {
    const list = await newList({ name: 'Told', languages: ['en'], confirmationMessage: 'You left Told.' });
    expect((await receive({ address: freshPhone(), text: 'STOP' })).reply).toMatchObject({ text: 'You left Told.', list: list.id });
    await service.call('PATCH', `/v1/lists/${list.id}`, { languages: [] });
  });

  it('opt people out of it by their words, and only of lists that have the language', async () => {
    await newList({ name: 'Brasil', languages: ['pt'] });
    const phone = freshPhone();
    expect(await receive({ address: phone, text: 'PARAR' })).toMatchObject({ action: 'opted_out', matched: { by: 'keyword', language: 'pt' } });
    expect([await decision(phone, { lists: ['Brasil'] }), await decision(phone, { lists: ['default'] })]).toEqual(['suppress', 'allow']);
    expect((await receive({ address: freshPhone(), text: 'désabonner' })).action).toBe('review');
  });
});
