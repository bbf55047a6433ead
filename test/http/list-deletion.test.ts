import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentList, followFormerLists } from '../../server/src/app/former-lists.ts';
import { completeEntry } from '../../server/src/domain/new-entry.ts';
import { freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const consent = { method: 'written', statement: 'The campaign is over; all were told', at: '2026-01-02T03:04:05Z', by: 'Compliance' };
const newList = async (fields: object) => (await service.call('POST', '/v1/lists', fields)).body;
const optOut = (address: string, list: string, fields: object = {}) => service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address, list, ...fields }] });
const remove = (id: string, body?: object) => service.call('DELETE', `/v1/lists/${id}`, body);
const decision = async (address: string, lists: string[]) => (await service.call('POST', '/v1/checks', { recipients: [address], lists })).body.decisions[0].decision;
const entriesOf = async (address: string) => (await service.call('GET', `/v1/addresses/${encodeURIComponent(address)}`)).body.entries;

it('a list with members is deleted only with word of where they go', async () => {
  const list = await newList({ name: 'Old' });
  await optOut(freshPhone(), list.id);
  expectProblem(await remove(list.id), 'list-not-empty');
  expectProblem(await remove(list.id, { members: 'release' }), 'invalid-request');
  expectProblem(await remove(list.id, { members: 'move', to: list.id }), 'invalid-request', '/to');
  expectProblem(await remove(list.id, { members: 'move', to: 'Nowhere' }), 'unknown-list', '/to');
  expectProblem(await remove('default', { members: 'move' }), 'list-protected');
});

it('moved members keep whose will it was, what it was about, and hold in the other list', async () => {
  const [from, to] = [await newList({ name: 'From' }), await newList({ name: 'To' })];
  const people = Array.from({ length: 1_201 }, freshPhone);
  await service.call('POST', '/v1/entries', { entries: people.map((address) => ({ kind: 'opt_out', address, list: from.id, channel: 'sms', note: 'kept' })) });
  const [both = ''] = people;
  await optOut(both, to.id, { channel: 'sms' });
  const { status, body } = await remove(from.id, { members: 'move', to: 'To' });
  expect([status, body]).toMatchObject([200, { id: from.id, members: 0 }]);
  expect((await service.call('GET', `/v1/lists/${to.id}`)).body.members).toBe(1_201);
  const last = people.at(-1) ?? '';
  expect(await decision(last, ['To'])).toBe('suppress');
  const [moved, gone] = await entriesOf(last);
  expect([moved, gone]).toMatchObject([{ list: to.id, by: 'recipient', channel: 'sms', note: 'kept', status: 'active' }, { list: from.id, status: 'removed' }]);
  expect((await service.call('GET', `/v1/addresses/${encodeURIComponent(last)}`)).body.historyIntact).toBe(true);
  expect((await entriesOf(both)).filter((entry: { status: string }) => entry.status === 'active')).toHaveLength(1);
});

it('released members are let go with the consent that this takes', async () => {
  const list = await newList({ name: 'Test list' });
  const phone = freshPhone();
  await optOut(phone, list.id);
  expect((await remove(list.id, { members: 'release', consent })).status).toBe(200);
  expect(await decision(phone, [])).toBe('allow');
  const { body } = await service.call('GET', `/v1/addresses/${encodeURIComponent(phone)}`);
  expect(body.events[0]).toMatchObject({ action: 'removed', reason: 'list_released', after: { consent } });
});

it('rules that named the list name the other one', async () => {
  const [from, to] = [await newList({ name: 'Rules from' }), await newList({ name: 'Rules to' })];
  const { body: rule } = await service.call('POST', '/v1/rules', { trigger: 'keyword', text: 'wandering', action: 'opt_out', lists: [from.id] });
  await remove(from.id, { members: 'move', to: to.id });
  expect((await service.call('GET', `/v1/rules/${rule.id}`)).body.lists).toEqual([to.id]);
});

it('an opt-out that was written into the list while it was deleted is found and put where the others went', async () => {
  const { store, platform } = service.services;
  const [from, next, last] = [await newList({ name: 'Race from' }), await newList({ name: 'Race next' }), await newList({ name: 'Race last' })];
  await remove(from.id, { members: 'move', to: next.id });
  await remove(next.id, { members: 'move', to: last.id });
  const workspace = await store.directory.workspaceByName('main');
  if (!workspace) throw new Error('no workspace');
  const template = completeEntry({ kind: 'opt_out' }, { list: from.id, sender: null }, null, undefined, platform.clock());
  if (typeof template === 'string') throw new Error(template);
  await store.write((writer) => writer.entries.insert(workspace.id, [{ ...template, id: platform.ids.next(), key: '+14155559999', mailbox: null, address: '+14155559999', addressKind: 'phone', unverified: false }]));
  expect(await currentList(store, workspace.id, from.id)).toBe(last.id);
  while (await followFormerLists(store, platform));
  expect((await service.call('GET', `/v1/lists/${last.id}`)).body.members).toBe(1);
  expect(await decision('+14155559999', ['Race last'])).toBe('suppress');
});
