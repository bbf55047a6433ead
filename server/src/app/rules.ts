import { limits } from '@quietlist/contract/limits';
import type { CreateRuleRequest, Rule, RulePage, UpdateRuleRequest } from '@quietlist/contract/rule';
import { defaultListId, type RuleTrigger } from '@quietlist/contract/vocabulary';
import { idText } from '../domain/id-text.ts';
import { instantText } from '../domain/instant.ts';
import { normaliseKeyword } from '../domain/keyword/normalise.ts';
import type { Caller, Platform } from './context.ts';
import { pageOf } from './paging.ts';
import type { RuleBody, StoreReader, StoreWriter, WorkspaceRecord } from './ports.ts';
import { Problem } from './problem.ts';
import { loadReferences, type References } from './references.ts';
import { rulesChanged } from './rule-books.ts';
import { orConflict } from './unique.ts';

type RuleRecord = WorkspaceRecord<'rule'>;

const taken = 'There is a rule for this already. Change that one.';

/** What two rules cannot share: the trigger, the channel, and the text as it is compared. */
export const ruleName = ({ trigger, channel, text }: Pick<RuleBody, 'trigger' | 'channel' | 'text'>): string =>
  [trigger, channel ?? '*', trigger === 'button' ? text : normaliseKeyword(text)].join('\n');

/** Refuses a keyword that is nothing but punctuation: it would compare as the empty text. */
export function requireReadableKeyword(text: string, pointer: string): void {
  if (normaliseKeyword(text) === '') throw new Problem('invalid-request', 'A keyword needs at least one letter or digit.', [{ pointer, message: 'No letter or digit.' }]);
}

/** Names of the templates that have a button, by the text of the button. */
async function templatesByButton(reader: StoreReader, workspaceId: number): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  for (const { body } of await reader.records.all(workspaceId, 'template')) {
    for (const button of body.buttons) names.set(button, [...(names.get(button) ?? []), body.name]);
  }
  return names;
}

const view = ({ id, body, createdAt }: RuleRecord, templates: ReadonlyMap<string, string[]>): Rule => ({
  id,
  trigger: body.trigger,
  text: body.text,
  action: body.action,
  lists: body.lists,
  channel: body.channel,
  reply: body.reply,
  source: body.source,
  templates: body.trigger === 'button' ? (templates.get(body.text) ?? []) : [],
  createdAt: instantText(createdAt),
});

const listsOf = (references: References, lists: readonly string[] | undefined): string[] => [
  ...new Set((lists ?? []).map((list, index) => references.list(list, `/lists/${index}`))),
];

async function find(reader: StoreReader, caller: Caller, id: string): Promise<RuleRecord> {
  const rule = await reader.records.find(caller.workspace.id, 'rule', id);
  if (!rule) throw new Problem('not-found', 'There is no such rule.');
  return rule;
}

export async function listRules(reader: StoreReader, caller: Caller, query: { limit?: string; cursor?: string; trigger?: RuleTrigger }): Promise<RulePage> {
  const templates = await templatesByButton(reader, caller.workspace.id);
  const rules = (await reader.records.all(caller.workspace.id, 'rule')).filter(({ body }) => query.trigger === undefined || body.trigger === query.trigger);
  return pageOf(rules.map((rule) => view(rule, templates)), query);
}

export const getRule = async (reader: StoreReader, caller: Caller, id: string): Promise<Rule> =>
  view(await find(reader, caller, id), await templatesByButton(reader, caller.workspace.id));

/** A rule picked from a template must be one of its quick-reply buttons (C6). */
async function requireButtonOf(reader: StoreReader, caller: Caller, template: string, request: CreateRuleRequest): Promise<void> {
  const found = await reader.records.find(caller.workspace.id, 'template', template);
  if (!found) throw new Problem('not-found', 'There is no such template.');
  if (request.trigger !== 'button' || !found.body.buttons.includes(request.text)) {
    throw new Problem('invalid-request', 'The template has no quick-reply button of this text.', [{ pointer: '/text', message: 'Not a button of the template.' }]);
  }
}

/** Rules apply to messages that come after them (C8). */
export async function createRule(writer: StoreWriter, platform: Platform, caller: Caller, request: CreateRuleRequest): Promise<Rule> {
  const workspaceId = caller.workspace.id;
  if (request.trigger === 'keyword') requireReadableKeyword(request.text, '/text');
  if (request.template !== undefined) await requireButtonOf(writer, caller, request.template, request);
  if ((await writer.records.all(workspaceId, 'rule')).length >= limits.rulesPerWorkspace) {
    throw new Problem('conflict', `A workspace has at most ${limits.rulesPerWorkspace} rules. Delete one that is not needed.`);
  }
  const references = await loadReferences(writer.directory, workspaceId);
  const body: RuleBody = {
    trigger: request.trigger,
    text: request.text,
    action: request.action,
    lists: listsOf(references, request.lists),
    channel: request.channel ?? null,
    reply: request.reply ?? null,
    source: request.template === undefined ? 'custom' : 'template',
  };
  const rule = { id: idText('rul', platform.ids.next()), name: ruleName(body), body, createdAt: platform.clock() };
  await orConflict(writer.records.put(workspaceId, 'rule', rule), taken, '/text');
  await rulesChanged(writer, platform, workspaceId);
  return getRule(writer, caller, rule.id);
}

export async function updateRule(writer: StoreWriter, platform: Platform, caller: Caller, id: string, request: UpdateRuleRequest): Promise<Rule> {
  const workspaceId = caller.workspace.id;
  const rule = await find(writer, caller, id);
  const references = await loadReferences(writer.directory, workspaceId);
  const { lists, ...fields } = request;
  const body = { ...rule.body, ...fields, ...(lists === undefined ? {} : { lists: listsOf(references, lists) }) };
  await orConflict(writer.records.put(workspaceId, 'rule', { ...rule, name: ruleName(body), body }), taken, '/channel');
  await rulesChanged(writer, platform, workspaceId);
  return getRule(writer, caller, id);
}

export async function deleteRule(writer: StoreWriter, platform: Platform, caller: Caller, id: string): Promise<Rule> {
  const rule = await getRule(writer, caller, id);
  await writer.records.remove(caller.workspace.id, 'rule', id);
  await rulesChanged(writer, platform, caller.workspace.id);
  return rule;
}

/** Rules that name a list that is no more name the one instead to which its members went. */
export async function moveRules(writer: StoreWriter, platform: Platform, workspaceId: number, from: string, to: string): Promise<void> {
  for (const rule of await writer.records.all(workspaceId, 'rule')) {
    if (!rule.body.lists.includes(from)) continue;
    const lists = [...new Set(rule.body.lists.map((list) => (list === from ? to : list)))];
    await writer.records.put(workspaceId, 'rule', { ...rule, body: { ...rule.body, lists: lists.length === 1 && lists[0] === defaultListId ? [] : lists } });
  }
  await rulesChanged(writer, platform, workspaceId);
}
