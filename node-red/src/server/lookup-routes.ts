import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import type { QuietlistClient } from '@quietlist/client/client';
import { QuietlistError } from '@quietlist/client/errors';
import { roles } from '@quietlist/contract/roles';
import { connect, notConfigured, serverOf, type Connection, type Outside, type ServerNode } from './server.ts';

interface Choice {
  value: string;
  label: string;
}

/** What the dialogs offer to choose from. */
const lookups: Record<string, (client: QuietlistClient) => Promise<Choice[]>> = {
  lists: async (client) => (await client.listLists()).map(({ id, name }) => ({ value: id, label: name })),
  channels: async (client) => (await client.listChannels()).map(({ id, label }) => ({ value: id, label })),
  senders: async (client) => (await client.listSenders()).map(({ id, name, channel }) => ({ value: id, label: `${name} (${channel})` })),
};

/** The password field of a dialog that nobody touched. */
const untouchedSecret = '__PWRD__';

/** Routes of the editor, behind Node-RED's own log-in. They answer with choices and sentences, never with the key. */
export const registerLookupRoutes = (RED: NodeAPI, outside: Outside): void => {
  const deployedServer = (id: unknown): ServerNode | null => serverOf(RED, id);
  const refuse = (response: Response, status: number, error: unknown): void => {
    const { code, message, hint } = error instanceof QuietlistError ? error : internal(RED);
    response.status(status).json({ code, message, hint });
  };

  RED.httpAdmin.get('/quietlist/servers/:id/:lookup', RED.auth.needsPermission('quietlist.read'), async (request: Request, response: Response) => {
    const lookup = Object.hasOwn(lookups, String(request.params.lookup)) ? lookups[String(request.params.lookup)] : undefined;
    const server = deployedServer(request.params.id);
    if (!lookup || !server) return refuse(response, 404, notDeployed(RED));
    if (!server.client) return refuse(response, 409, server.problem);
    try {
      response.json(await lookup(server.client));
    } catch (error) {
      refuse(response, 502, error);
    }
  });

  RED.httpAdmin.post('/quietlist/test-connection', RED.auth.needsPermission('quietlist.write'), async (request: Request, response: Response) => {
    try {
      const { client, close } = connect(RED, connectionToTest(RED, request.body, deployedServer), outside);
      try {
        const { workspaceName, role } = await client.me();
        response.json({ workspaceName, role, rights: roles[role] });
      } finally {
        close();
      }
    } catch (error) {
      refuse(response, 502, error);
    }
  });
};

/** What the dialog holds. A stored key goes only to the address that it was stored for. */
const connectionToTest = (RED: NodeAPI, body: unknown, deployedServer: (id: unknown) => ServerNode | null): Connection => {
  const { id, url, apiKey, allowInsecureHttp } = (body ?? {}) as Record<string, unknown>;
  const stored = deployedServer(id)?.connection;
  const baseUrl = String(url ?? '').trim();
  if (environmentVariable.test(baseUrl)) {
    if (!stored) throw notDeployed(RED);
    return stored;
  }
  if (apiKey === untouchedSecret && stored?.baseUrl !== baseUrl) throw notConfigured(RED, 'key');
  return { baseUrl, apiKey: apiKey === untouchedSecret ? (stored?.apiKey ?? '') : String(apiKey ?? '').trim(), allowInsecureHttp: allowInsecureHttp === true };
};

/** Filled in by Node-RED when the flow is deployed, and not before. */
const environmentVariable = /^\$\{[^}]+\}$/;

const notDeployed = (RED: NodeAPI): QuietlistError =>
  new QuietlistError({ code: 'not_deployed', message: RED._('error.not_deployed'), hint: RED._('error.not_deployed_hint') });

const internal = (RED: NodeAPI): QuietlistError =>
  new QuietlistError({ code: 'internal', message: RED._('error.internal'), hint: RED._('error.internal_hint') });
