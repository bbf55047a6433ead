/**
 * Amazon SNS over HTTP, read in docs.aws.amazon.com/sns/latest/dg: sns-verify-signature-of-message (what is signed, in which order; versions 1
 * with SHA-1 and 2 with SHA-256; the certificate only from Amazon; an unexpected TopicArn is refused), sns-http-https-endpoint-as-subscriber
 * (Notification, SubscriptionConfirmation, UnsubscribeConfirmation; content type text/plain), sns-message-delivery-retries (an hour at most).
 * Anybody with an account at Amazon can have SNS sign messages of theirs: what makes one ours is its topic.
 */
import { createVerify, X509Certificate } from 'node:crypto';
import { get, isObject, textOf } from './fields.ts';
import type { Judging, RawRequest, Signed } from './provider.ts';
import { isSame, signatureAgeMs } from './signatures.ts';

const topicArn = /^arn:aws(-cn|-us-gov)?:sns:([a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}):\d{12}:[\w.-]{1,256}$/;
/** SNS sends the same message, with the time of its first try, for up to an hour. */
const messageAgeMs = 60 * 60 * 1_000 + signatureAgeMs;
const longestCertificate = 20_000;

const signedFields: Record<string, readonly string[]> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};
const algorithms: Record<string, string> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' };

/** Certificates that were right, by their address: Amazon gives each a name of its own. */
const certificates = new Map<string, string>();
const certificatesKept = 50;

function messageIn(body: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** What Amazon signs: the fields that are there, each with its name, on lines of their own. Null where one is no text, or a needed one is missing. */
function signedText(message: Record<string, unknown>): string | null {
  const type = get(message, 'Type');
  const fields = typeof type === 'string' && Object.hasOwn(signedFields, type) ? signedFields[type] : undefined;
  if (!fields) return null;
  const lines: string[] = [];
  for (const field of fields) {
    const value = get(message, field);
    if (value === undefined && field === 'Subject') continue;
    if (typeof value !== 'string') return null;
    lines.push(`${field}\n${value}\n`);
  }
  return lines.join('');
}

/** An address at the SNS of the region of the topic, and nowhere else. */
function atAmazon(text: unknown, topic: string): URL | null {
  const [, partition, region] = topicArn.exec(topic) ?? [];
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : null;
  const host = `sns.${region}.amazonaws.com${partition === '-cn' ? '.cn' : ''}`;
  return url && url.protocol === 'https:' && url.host === host && url.username === '' && url.password === '' && url.hash === '' ? url : null;
}

async function certificateAt(text: unknown, topic: string, { fetchText }: Judging): Promise<X509Certificate | null> {
  const url = atAmazon(text, topic);
  if (!url || url.search !== '' || !/^\/SimpleNotificationService-[A-Za-z0-9]{1,64}\.pem$/.test(url.pathname)) return null;
  const kept = certificates.get(url.href);
  const pem = kept ?? (await fetchText(url.href)).slice(0, longestCertificate);
  try {
    const certificate = new X509Certificate(pem);
    if (certificates.size >= certificatesKept) certificates.clear();
    certificates.set(url.href, pem);
    return certificate;
  } catch {
    return null;
  }
}

const isValidAt = (certificate: X509Certificate, now: number): boolean => Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);

async function isSigned({ body }: RawRequest, secret: string, judging: Judging): Promise<boolean> {
  const message = messageIn(body);
  const topic = get(message, 'TopicArn');
  const isOfTopic = isSame(typeof topic === 'string' ? topic : '', secret);
  if (!message || !isOfTopic || !topicArn.test(secret)) return false;
  const text = signedText(message);
  const version = get(message, 'SignatureVersion');
  const signature = get(message, 'Signature');
  const algorithm = typeof version === 'string' && Object.hasOwn(algorithms, version) ? algorithms[version] : undefined;
  const age = judging.now - Date.parse(textOf(get(message, 'Timestamp')) ?? '');
  const isCurrent = age <= messageAgeMs && age >= -signatureAgeMs;
  if (text === null || algorithm === undefined || typeof signature !== 'string' || !isCurrent) return false;
  const certificate = await certificateAt(get(message, 'SigningCertURL'), secret, judging);
  if (!certificate || certificate.publicKey.asymmetricKeyType !== 'rsa' || !isValidAt(certificate, judging.now)) return false;
  return createVerify(algorithm).update(text, 'utf8').verify(certificate.publicKey, signature, 'base64');
}

/** What SNS signs for one topic, whose ARN is the secret: not hidden, but nobody else can have a message of it signed. */
export const sns: Signed = {
  decoy: 'arn:aws:sns:us-east-1:000000000000:nobody',
  flawOf: (secret) => (topicArn.test(secret) ? null : 'Give the ARN of the SNS topic, such as arn:aws:sns:eu-west-1:123456789012:ses-events.'),
  isSigned,
  async confirm({ body }, judging) {
    const message = messageIn(body);
    if (get(message, 'Type') !== 'SubscriptionConfirmation') return;
    const url = atAmazon(get(message, 'SubscribeURL'), textOf(get(message, 'TopicArn')) ?? '');
    if (url?.searchParams.get('Action') === 'ConfirmSubscription') await judging.fetchText(url.href);
  },
};
