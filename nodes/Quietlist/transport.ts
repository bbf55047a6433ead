import {
  sleep, type IExecuteFunctions, type IHookFunctions, type IHttpRequestOptions, type ILoadOptionsFunctions, type IN8nHttpFullResponse,
} from 'n8n-workflow';
import { TransportError, type Transport, type TransportResponse } from '@quietlist/client/transport';

export type RequestContext = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions;

export const credentialName = 'quietlistApi';

/**
 * The client's transport over n8n's own request helper, which adds the key and keeps to n8n's proxy, SSRF and allowed-domain
 * settings. Every status is an answer here (n8n's own error texts would hide ours), and no redirect carries the key elsewhere.
 */
export const n8nTransport = (context: RequestContext, baseUrl: string): Transport => ({
  async send({ method, path, query, body, headers, timeoutMs }) {
    const options: IHttpRequestOptions = {
      method,
      url: `${baseUrl}${path}`,
      headers: isEmpty(body) ? { ...headers, 'content-type': 'application/json' } : headers,
      timeout: timeoutMs,
      json: true,
      returnFullResponse: true,
      ignoreHttpStatusErrors: true,
      disableFollowRedirect: true,
      ...(query ? { qs: query } : {}),
      ...(body === undefined ? {} : { body: isEmpty(body) ? '{}' : (body as IHttpRequestOptions['body'] & object) }),
    };
    const answered = new AbortController();
    try {
      const answer = context.helpers.httpRequestWithAuthentication.call(context, credentialName, options) as Promise<IN8nHttpFullResponse>;
      return answerOf(await Promise.race([answer, deadline(timeoutMs, answered.signal)]));
    } catch (error) {
      throw transportErrorOf(error);
    } finally {
      answered.abort();
    }
  },
});

/** n8n leaves an object without fields out of the request, so that one goes as text. */
const isEmpty = (body: unknown): boolean => typeof body === 'object' && body !== null && Object.keys(body).length === 0;

/** n8n's own timeout starts anew with every byte, so an answer that drips in would never end. */
const deadline = async (timeoutMs: number, signal: AbortSignal): Promise<never> => {
  await sleep(timeoutMs, signal);
  throw new TransportError('timed_out');
};

const answerOf = (response: IN8nHttpFullResponse): TransportResponse => ({
  status: response.statusCode,
  headers: Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value === undefined || value === null ? undefined : String(value)]),
  ),
  body: response.body,
});

/** n8n wraps what axios threw; only whether it was a timeout is told apart. */
const transportErrorOf = (error: unknown): TransportError => {
  if (error instanceof TransportError) return error;
  const texts = [error, (error as { cause?: unknown } | null)?.cause].map((part) => {
    const { code, message, messages } = (part ?? {}) as { code?: unknown; message?: unknown; messages?: unknown };
    return [code, message, messages].flat().join(' ');
  });
  return new TransportError(/timeout|timed out|ETIMEDOUT/i.test(texts.join(' ')) ? 'timed_out' : 'unreachable');
};
