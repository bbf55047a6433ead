import { createHmac } from 'node:crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { verifyWebhook } from '@quietlist/client/webhook-signature';
import type { FeedEvent } from '@quietlist/contract/feed';
import { feedTypes } from '@quietlist/contract/vocabulary';
import { hasSeen } from './seen.ts';
import { registrationOf } from './registration.ts';

/** What a webhook of the service carries; its id is a header. */
type Delivery = Pick<FeedEvent, 'type' | 'timestamp' | 'data'>;

const hmacSha256 = (keyBase64: string, text: string): string => createHmac('sha256', Buffer.from(keyBase64, 'base64')).update(text).digest('base64');

/**
 * Starts the workflow for one delivery. The signature over the bytes that came is always verified, and nothing is done with what is not from
 * our webhook, now; a delivery that is tried again starts nothing twice.
 */
export const receive = (context: IWebhookFunctions, now: number): IWebhookResponseData => {
  const { secret = '' } = registrationOf(context);
  const { rawBody } = context.getRequestObject() as { rawBody?: Buffer };
  const body = rawBody?.toString('utf8') ?? '';
  const verification = verifyWebhook({ secret, headers: context.getHeaderData() as Record<string, string | string[] | undefined>, rawBody: body, now, hmacSha256 });
  if (!verification.isValid) return answer(context, 401, { message: 'This is not a delivery of the webhook that the trigger has registered.' });
  const delivery = deliveryOf(body);
  if (delivery === undefined) return answer(context, 400, { message: 'The delivery cannot be read.' });
  // A test of the webhook has a type of its own; what follows in the workflow is not made for it.
  if (!Object.hasOwn(feedTypes, delivery.type)) return answer(context, 200, { message: 'Understood; it is no event.' });
  if (hasSeen(context.getWorkflowStaticData('node'), verification.id, now)) return answer(context, 200, { message: 'Seen before.' });
  const isSimplified = context.getNodeParameter('simplify', true) as boolean;
  return { workflowData: [[{ json: isSimplified ? simplified(delivery) : { webhookId: verification.id, ...(delivery as unknown as IDataObject) } }]] };
};

const answer = (context: IWebhookFunctions, status: number, body: IDataObject): IWebhookResponseData => {
  context.getResponseObject().status(status).json(body).end();
  return { noWebhookResponse: true };
};

/** Signed, so it is the service's; a shape of a later version may still be one that this trigger does not know. */
const deliveryOf = (body: string): Delivery | undefined => {
  try {
    const parsed = JSON.parse(body) as Partial<Delivery> | null;
    return typeof parsed?.type === 'string' && typeof parsed.data === 'object' && parsed.data !== null ? (parsed as Delivery) : undefined;
  } catch {
    return undefined;
  }
};

/** The entry or the review itself, with what happened to it beside its own fields. */
const simplified = ({ type, timestamp, data }: Delivery): IDataObject =>
  ({ type, event: feedTypes[type], timestamp, actor: data.actor, ...(data.entry ?? data.review) }) as unknown as IDataObject;
