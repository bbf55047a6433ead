import {
  NodeConnectionTypes, type IHookFunctions, type INodeType, type INodeTypeDescription, type IWebhookFunctions, type IWebhookResponseData,
} from 'n8n-workflow';
import { feedTypes } from '@quietlist/contract/vocabulary';
import { wordOptions } from '../Quietlist/actions/common/fields.ts';
import { loadOptions } from '../Quietlist/methods/loadOptions.ts';
import { receive } from './receive.ts';
import { isRegistered, register, unregister } from './registration.ts';

/** As n8n writes the names of its options. */
const inTitleCase = (words: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(words).map(([value, name]) => [value, name.replace(/(?<=[ -])[a-z]/g, (letter) => letter.toUpperCase())]));

/**
 * Starts a workflow when somebody opts out, is blocked, or waits for a decision. The trigger registers a webhook of its own with a secret of its
 * own, believes only what is signed with it, and takes it away when the workflow is deactivated.
 */
export class QuietlistTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Quietlist Trigger',
    name: 'quietlistTrigger',
    icon: { light: 'file:../../icons/quietlist.svg', dark: 'file:../../icons/quietlist.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{ $parameter["events"].join(", ") }}',
    description: 'Starts the workflow when somebody opts out, is blocked or waits for a decision',
    defaults: { name: 'Quietlist Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'quietlistApi', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
    properties: [
      {
        displayName: 'Needs an API key of role admin, since the trigger registers where events are sent. The Quietlist service must reach the webhook address of n8n.',
        name: 'adminNotice',
        type: 'notice',
        default: '',
      },
      {
        displayName: 'Trigger On',
        name: 'events',
        type: 'multiOptions',
        options: wordOptions(inTitleCase(feedTypes)),
        default: ['opt_out.added'],
        required: true,
      },
      {
        displayName: 'Simplify',
        name: 'simplify',
        type: 'boolean',
        default: true,
        description: 'Whether to return a simplified version of the response instead of the raw data',
      },
      {
        displayName: 'Options',
        name: 'options',
        type: 'collection',
        placeholder: 'Add option',
        default: {},
        options: [
          {
            displayName: 'Opt-Out List Names or IDs',
            name: 'lists',
            type: 'multiOptions',
            typeOptions: { loadOptionsMethod: 'getLists' },
            default: [],
            description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
          },
        ],
      },
    ],
  };

  methods = { loadOptions };

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return isRegistered(this);
      },
      async create(this: IHookFunctions): Promise<boolean> {
        await register(this);
        return true;
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        await unregister(this);
        return true;
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return receive(this, Date.now());
  }
}
