import { NodeOperationError, type IDataObject, type IHookFunctions } from 'n8n-workflow';
import type { QuietlistClient } from '@quietlist/client/client';
import { QuietlistError } from '@quietlist/client/errors';
import { limits } from '@quietlist/contract/limits';
import type { FeedType } from '@quietlist/contract/vocabulary';
import type { Webhook } from '@quietlist/contract/webhook';
import { clientForEditor } from '../Quietlist/client.ts';
import { toNodeError } from '../Quietlist/errors.ts';
import { choicesOf } from '../Quietlist/parameters.ts';

/** What the trigger keeps between its calls: the webhook of its own at the service, and what that signs with. */
export interface Registration {
  webhookId?: string;
  secret?: string;
  /** Where it leads. A test run has another address, and must leave the one of the active workflow alone. */
  url?: string;
}

export const registrationOf = (context: Pick<IHookFunctions, 'getWorkflowStaticData'>): Registration => context.getWorkflowStaticData('node') as Registration & IDataObject;

/** What the webhook is to be: the address of this trigger, and the events and lists that it is set to. */
interface Wanted {
  url: string;
  types: FeedType[];
  lists: string[];
}

const wantedOf = (context: IHookFunctions): Wanted => {
  const url = context.getNodeWebhookUrl('default');
  const types = choicesOf(context.getNodeParameter('events', [])) as FeedType[];
  const { lists } = context.getNodeParameter('options', {}) as IDataObject;
  if (url === undefined) throw new NodeOperationError(context.getNode(), 'n8n gave the trigger no address that events could be sent to');
  // The service takes no types as all of them.
  if (types.length === 0) throw new NodeOperationError(context.getNode(), '“Trigger On” names no event', { description: 'Choose at least one.' });
  return { url, types, lists: choicesOf(lists) };
};

/** Whether the webhook that is remembered is still there, works, and is what the trigger is set to. */
export const isRegistered = (context: IHookFunctions): Promise<boolean> =>
  asking(context, async (client) => {
    const { webhookId, secret } = registrationOf(context);
    if (webhookId === undefined || secret === undefined) return false;
    const webhook = await ifThere(client.getWebhook(webhookId));
    return webhook !== undefined && webhook.status === 'enabled' && isAsWanted(webhook, wantedOf(context));
  });

const isAsWanted = (webhook: Webhook, { url, types, lists }: Wanted): boolean => webhook.url === url && isSame(webhook.types, types) && isSame(webhook.lists, lists);

const isSame = (some: readonly string[], others: readonly string[]): boolean => JSON.stringify([...some].sort()) === JSON.stringify([...others].sort());

/**
 * Registers a webhook of this trigger's own and keeps its secret. Whatever is still registered at the same address is taken away first: nobody
 * knows its secret any more, and its deliveries would be refused.
 */
export const register = (context: IHookFunctions): Promise<void> =>
  asking(context, async (client) => {
    const wanted = wantedOf(context);
    const kept = registrationOf(context);
    const isOurs = ({ id, url }: Webhook): boolean => url === wanted.url || (id === kept.webhookId && context.getMode() !== 'manual');
    for (const { id } of (await client.listWebhooks()).filter(isOurs)) await ifThere(client.deleteWebhook(id));
    const { id, secret } = await client.createWebhook({ ...wanted, description: descriptionOf(context) });
    Object.assign(kept, { webhookId: id, secret, url: wanted.url });
  });

/** For the people who look at the webhooks of the service. */
const descriptionOf = (context: IHookFunctions): string =>
  `n8n, workflow ${context.getWorkflow().name ?? ''}`.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, limits.descriptionLength).replace(/[\ud800-\udfff]/gu, '\ufffd').trim();

/** Takes the webhook away. One that is gone already is as good as taken away; any other failure is told. */
export const unregister = (context: IHookFunctions): Promise<void> =>
  asking(context, async (client) => {
    const kept = registrationOf(context);
    if (kept.webhookId !== undefined) await ifThere(client.deleteWebhook(kept.webhookId));
    delete kept.webhookId;
    delete kept.secret;
    delete kept.url;
  });

const isGone = (error: unknown): boolean => error instanceof QuietlistError && error.status === 404;

/** Undefined when the service does not have it. */
const ifThere = <T>(answer: Promise<T>): Promise<T | undefined> => answer.catch((error: Error) => (isGone(error) ? undefined : Promise.reject(error)));

const asking = async <T>(context: IHookFunctions, ask: (client: QuietlistClient) => Promise<T>): Promise<T> => {
  try {
    return await ask(await clientForEditor(context));
  } catch (error) {
    throw toNodeError(context.getNode(), withAdvice(error));
  }
};

/** Only admins say where the news of a workspace go, and who sets up a trigger has to know. */
const withAdvice = (error: unknown): unknown =>
  error instanceof QuietlistError && error.status === 403
    ? new QuietlistError({ ...error, message: 'The trigger needs an API key of role admin.', hint: 'Make one with “quietlist key create”, and choose a credential with it in this node. Your other nodes keep the key that they have.' })
    : error;
