import type { CreateTemplateRequest, Template, TemplatePage, UpdateTemplateRequest } from '@quietlist/contract/template';
import { idText } from '../domain/id-text.ts';
import { instantText } from '../domain/instant.ts';
import type { Caller, Platform } from './context.ts';
import { pageOf } from './paging.ts';
import type { StoreReader, StoreWriter, WorkspaceRecord } from './ports.ts';
import { Problem } from './problem.ts';
import { orConflict } from './unique.ts';

type TemplateRecord = WorkspaceRecord<'template'>;

const taken = 'A template of this name exists already.';

/** The rule of each button that has one, by the text of the button: “Already added” (C6). */
async function rulesByButton(reader: StoreReader, workspaceId: number): Promise<Map<string, string>> {
  const rules = (await reader.records.all(workspaceId, 'rule')).filter(({ body }) => body.trigger === 'button');
  return new Map(rules.map(({ id, body }) => [body.text, id]));
}

const view = ({ id, body, createdAt }: TemplateRecord, rules: ReadonlyMap<string, string>): Template => ({
  id,
  name: body.name,
  channel: body.channel,
  buttons: body.buttons.map((text) => ({ text, rule: rules.get(text) ?? null })),
  createdAt: instantText(createdAt),
});

async function find(reader: StoreReader, caller: Caller, id: string): Promise<TemplateRecord> {
  const template = await reader.records.find(caller.workspace.id, 'template', id);
  if (!template) throw new Problem('not-found', 'There is no such template.');
  return template;
}

export async function listTemplates(reader: StoreReader, caller: Caller, query: { limit?: string; cursor?: string }): Promise<TemplatePage> {
  const rules = await rulesByButton(reader, caller.workspace.id);
  return pageOf((await reader.records.all(caller.workspace.id, 'template')).map((template) => view(template, rules)), query);
}

export const getTemplate = async (reader: StoreReader, caller: Caller, id: string): Promise<Template> =>
  view(await find(reader, caller, id), await rulesByButton(reader, caller.workspace.id));

async function put(writer: StoreWriter, caller: Caller, template: TemplateRecord): Promise<Template> {
  await orConflict(writer.records.put(caller.workspace.id, 'template', template), taken, '/name');
  return getTemplate(writer, caller, template.id);
}

/** Registers an approved template of a provider, so that rules can be picked from its buttons. */
export async function createTemplate(writer: StoreWriter, platform: Platform, caller: Caller, request: CreateTemplateRequest): Promise<Template> {
  const body = { name: request.name, channel: request.channel ?? null, buttons: request.buttons };
  return put(writer, caller, { id: idText('tpl', platform.ids.next()), name: body.name, body, createdAt: platform.clock() });
}

export async function updateTemplate(writer: StoreWriter, caller: Caller, id: string, request: UpdateTemplateRequest): Promise<Template> {
  const template = await find(writer, caller, id);
  const body = { ...template.body, ...request };
  return put(writer, caller, { ...template, name: body.name, body });
}

/** Its rules stay: people may still tap buttons of messages that were sent. */
export async function deleteTemplate(writer: StoreWriter, caller: Caller, id: string): Promise<Template> {
  const template = await getTemplate(writer, caller, id);
  await writer.records.remove(caller.workspace.id, 'template', id);
  return template;
}
