/** Where a Quietlist service listens, and a key for it. */
export interface Api {
  baseUrl: string;
  apiKey: string;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Sends JSON and reads JSON. What the service refuses is an answer; that it cannot be reached is an error. */
export async function call({ baseUrl, apiKey }: Api, method: 'GET' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(baseUrl + path, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
