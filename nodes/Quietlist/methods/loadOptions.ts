import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { QuietlistClient } from '@quietlist/client/client';
import { channelLabel } from '@quietlist/contract/vocabulary';
import { clientForOptions } from '../client.ts';
import { toNodeError } from '../errors.ts';
import { anyValue } from '../parameters.ts';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** A dropdown filled by the service; when it cannot be, the editor shows our own sentence. */
const fromService = (load: (client: QuietlistClient) => Promise<INodePropertyOptions[]>): LoadOptions =>
  async function () {
    try {
      return await load(await clientForOptions(this));
    } catch (error) {
      throw toNodeError(this.getNode(), error);
    }
  };

const lists = async (client: QuietlistClient): Promise<INodePropertyOptions[]> =>
  (await client.listLists()).map(({ id, name, description }) => ({ name, value: id, ...(description ? { description } : {}) }));

export const loadOptions: Record<'getChannels' | 'getLists' | 'getListsOrAny' | 'getSenders', LoadOptions> = {
  getChannels: fromService(async (client) => [
    { name: 'Any Channel', value: anyValue },
    ...(await client.listChannels()).map(({ id, label }) => ({ name: label, value: id })),
  ]),
  getLists: fromService(lists),
  getListsOrAny: fromService(async (client) => [{ name: 'Any List', value: anyValue }, ...(await lists(client))]),
  getSenders: fromService(async (client) =>
    (await client.listSenders()).map(({ id, name, channel }) => ({ name: `${name} (${channelLabel(channel)})`, value: id })),
  ),
};
