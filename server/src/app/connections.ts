import type { Connection, ConnectionPage, CreateConnectionRequest } from '@quietlist/contract/connection';
import { providers } from '@quietlist/contract/providers';
import { idOf, idText } from '../domain/id-text.ts';
import { instantText } from '../domain/instant.ts';
import type { Caller, Platform } from './context.ts';
import { pageOf } from './paging.ts';
import type { StoreReader, StoreWriter, WorkspaceRecord } from './ports.ts';
import { Problem } from './problem.ts';
import { loadReferences } from './references.ts';
import { orConflict } from './unique.ts';

type ConnectionRecord = WorkspaceRecord<'connection'>;

const view = ({ id, name, body, createdAt }: ConnectionRecord, publicUrl: string): Connection => ({
  id, provider: body.provider, name, sender: body.sender, list: body.list,
  url: `${publicUrl}/v1/inbound/${body.provider}/${id}`, hasSecret: true, createdAt: instantText(createdAt),
});

/** What is wrong with a secret of a provider; null where the provider signs nothing and so cannot call by itself. */
export type SecretJudge = ((secret: string) => string | null) | null;

function requireUsableSecret({ provider, secret }: CreateConnectionRequest, judge: SecretJudge): string {
  const label = providers[provider];
  if (!judge) throw new Problem('invalid-request', `${label} signs nothing, so it cannot call by itself: hand on what it sends with an API key.`, [{ pointer: '/provider', message: 'Signs nothing.' }]);
  const flaw = judge(secret ?? '');
  if (secret === undefined || flaw !== null) throw new Problem('invalid-request', `The secret of ${label} is ${secret === undefined ? 'missing' : 'not usable'}. ${flaw ?? ''}`.trim(), [{ pointer: '/secret', message: flaw ?? 'Missing.' }]);
  return secret;
}

export async function listConnections(reader: StoreReader, caller: Caller, query: { limit?: string; cursor?: string }, publicUrl: string): Promise<ConnectionPage> {
  return pageOf((await reader.records.all(caller.workspace.id, 'connection')).map((connection) => view(connection, publicUrl)), query);
}

/** Connects a provider. Its secret is kept and never shown again. */
export async function createConnection(writer: StoreWriter, platform: Platform, caller: Caller, request: CreateConnectionRequest, judge: SecretJudge, publicUrl: string): Promise<Connection> {
  const secret = requireUsableSecret(request, judge);
  const references = await loadReferences(writer.directory, caller.workspace.id);
  const body = {
    provider: request.provider,
    secret,
    sender: request.sender ? references.sender(request.sender, '/sender').id : null,
    list: request.list ? references.list(request.list, '/list') : null,
  };
  const connection: ConnectionRecord = { id: idText('cnn', platform.ids.next()), name: request.name, body, createdAt: platform.clock() };
  await orConflict(writer.records.put(caller.workspace.id, 'connection', connection), 'A connection of this name exists already.', '/name');
  return view(connection, publicUrl);
}

/** From now on webhooks of this connection are refused. */
export async function deleteConnection(writer: StoreWriter, caller: Caller, id: string, publicUrl: string): Promise<Connection> {
  const connection = await writer.records.find(caller.workspace.id, 'connection', id);
  if (!connection) throw new Problem('not-found', 'There is no such connection.');
  await writer.records.remove(caller.workspace.id, 'connection', id);
  return view(connection, publicUrl);
}

/** A connection that a request names: not believed yet. */
export interface NamedConnection {
  workspaceId: number;
  connection: ConnectionRecord;
}

/** The connection of this id and provider, or null. One look-up either way: what is not there takes as long as what is. */
export async function findConnection(reader: StoreReader, provider: string, id: string): Promise<NamedConnection | null> {
  const found = await reader.records.whose('connection', id);
  return found?.record.body.provider === provider ? { workspaceId: found.workspaceId, connection: found.record } : null;
}

/** The connection as somebody who calls: it opts people out and hands messages in, and is never more than an agent. */
export async function callerOfConnection(reader: StoreReader, { workspaceId, connection }: NamedConnection): Promise<Caller> {
  const workspace = await reader.directory.workspace(workspaceId);
  const id = idOf('cnn', connection.id);
  if (!workspace || id === null) throw new Problem('invalid-signature');
  return { workspace, key: { id, name: connection.name, role: 'agent' }, actor: connection.id };
}
