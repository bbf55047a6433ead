import { sleep, type IHookFunctions, type ILoadOptionsFunctions } from 'n8n-workflow';
import { checkedApiKey, checkedBaseUrl } from '@quietlist/client/base-url';
import { CircuitBreaker } from '@quietlist/client/circuit-breaker';
import { QuietlistClient, type ClientOptions } from '@quietlist/client/client';
import type { Evidence } from '@quietlist/contract/entry';
import { credentialName, n8nTransport, type RequestContext } from './transport.ts';

const now = (): number => Date.now();

/** One breaker per base URL for all executions of this process, so that a workflow with many runs stops asking a dead service. */
const breakers = new Map<string, CircuitBreaker>();

const breakerOf = (baseUrl: string): CircuitBreaker => {
  const known = breakers.get(baseUrl);
  if (known) return known;
  const breaker = new CircuitBreaker({ now });
  breakers.set(baseUrl, breaker);
  return breaker;
};

interface Credential {
  baseUrl: string;
  apiKey: string;
  allowInsecureHttp?: boolean;
}

const createClient = async (context: RequestContext, options: (baseUrl: string) => Partial<ClientOptions>): Promise<QuietlistClient> => {
  const { baseUrl, apiKey, allowInsecureHttp } = await context.getCredentials<Credential & Record<string, never>>(credentialName);
  checkedApiKey(apiKey);
  // The base URL comes from the credential alone: no parameter or expression can send the key anywhere else.
  const base = checkedBaseUrl(baseUrl, { allowInsecureHttp: allowInsecureHttp === true });
  return new QuietlistClient({ transport: n8nTransport(context, base), sleep, now, ...options(base) });
};

/** The client of one run of the node. Writes carry where they come from. */
export const clientForRun = (context: RequestContext, source: 'workflow' | 'ai_agent', evidence: Evidence): Promise<QuietlistClient> =>
  createClient(context, (baseUrl) => ({ source, evidence, breaker: breakerOf(baseUrl) }));

/** The client of a dropdown or of a workflow that is switched on or off: a person waits for it, so the breaker never answers in its place. */
export const clientForEditor = (context: IHookFunctions | ILoadOptionsFunctions): Promise<QuietlistClient> => createClient(context, () => ({}));
