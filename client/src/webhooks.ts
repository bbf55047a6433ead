import { limits } from '@quietlist/contract/limits';
import type { CreatedWebhook, CreateWebhookRequest, Webhook } from '@quietlist/contract/webhook';
import { isCreatedWebhook, isWebhook, isWebhookPage } from '@quietlist/contract/validators';
import { collect, pathOf, type Requests } from './requests.ts';
import type { RepeatOptions } from './types.ts';

const path = '/v1/webhooks';

export const listWebhooks = (requests: Requests): Promise<Webhook[]> => collect(requests.rows(path, { limit: limits.pageSizeMaximum }, isWebhookPage));

export const getWebhook = (requests: Requests, id: string): Promise<Webhook> => requests.get(pathOf(path, id), {}, isWebhook);

export const createWebhook = (requests: Requests, body: CreateWebhookRequest): Promise<CreatedWebhook> =>
  requests.writeOnce({ method: 'POST', path, body, status: 201 }, isCreatedWebhook);

export const deleteWebhook = (requests: Requests, id: string, { operationId }: RepeatOptions): Promise<Webhook> =>
  requests.write({ method: 'DELETE', path: pathOf(path, id) }, isWebhook, operationId);
