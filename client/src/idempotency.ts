/** cyrb128: a fast 128-bit hash of text, not a secret one. A collision does no harm: the service also compares the body of the request. */
const hash = (text: string): string => {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ unit, 597399067);
    b = c ^ Math.imul(b ^ unit, 2869860233);
    c = d ^ Math.imul(c ^ unit, 951274213);
    d = a ^ Math.imul(d ^ unit, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  a ^= b ^ c ^ d;
  return [a, b ^ a, c ^ a, d ^ a].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
};

/**
 * The same operation sending the same chunk gives the same key, today or when n8n runs the whole node again; another operation or
 * another body gives another. The operation is hashed, so that any text is a valid header of bounded length.
 */
export const idempotencyKey = (operationId: string, chunkIndex: number, path: string, body: unknown): string =>
  `${hash(operationId)}-${chunkIndex}-${hash(`${path}\n${JSON.stringify(body)}`)}`;
