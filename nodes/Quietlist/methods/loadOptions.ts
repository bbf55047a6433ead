import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { QuietlistClient } from '@quietlist/client/client';
import { channelLabel } from '@quietlist/contract/vocabulary';
import { clientForEditor } from '../client.ts';
import { toNodeError } from '../errors.ts';
import { anyValue } from '../parameters.ts';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** A dropdown filled by the service; when it cannot be, the editor shows our own sentence. */
const fromService = (load: (client: QuietlistClient) => Promise<INodePropertyOptions[]>): LoadOptions =>
  async function () {
    try {
      return await load(await clientForEditor(this));
    } catch (error) {
      throw toNodeError(this.getNode(), error);
    }
  };

const lists = async (client: QuietlistClient): Promise<INodePropertyOptions[]> =>
  (await client.listLists()).map(({ id, name, description }) => ({ name, value: id, ...(description ? { description } : {}) }));

const channels = async (client: QuietlistClient): Promise<INodePropertyOptions[]> => (await client.listChannels()).map(({ id, label }) => ({ name: label, value: id }));

export const loadOptions: Record<'getChannels' | 'getLists' | 'getListsOrAny' | 'getNamedChannels' | 'getSenders', LoadOptions> = {
  getChannels: fromService(async (client) => [{ name: 'Any Channel', value: anyValue }, ...(await channels(client))]),
  getLists: fromService(lists),
  getListsOrAny: fromService(async (client) => [{ name: 'Any List', value: anyValue }, ...(await lists(client))]),
  getNamedChannels: fromService(channels),
  getSenders: fromService(async (client) =>
    (await client.listSenders()).map(({ id, name, channel }) => ({ name: `${name} (${channelLabel(channel)})`, value: id })),
  ),
};
