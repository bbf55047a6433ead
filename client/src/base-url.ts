import { QuietlistError } from './errors.ts';

const invalid = (message: string, hint: string): QuietlistError => new QuietlistError({ code: 'invalid_configuration', message, hint });

/**
 * The base URL without a trailing slash, or a `QuietlistError` that does not repeat it. Over plain http the API key could be read on the way,
 * so http is for this machine (localhost, 127.0.0.0/8, ::1) and private addresses (RFC 1918, fc00::/7). Everything else, also a name like
 * `http://quietlist:8181` of a container, needs `allowInsecureHttp`.
 */
export const checkedBaseUrl = (text: string, { allowInsecureHttp = false }: { allowInsecureHttp?: boolean } = {}): string => {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw invalid('The base URL is not an http or https URL.', 'Write it in full, e.g. https://quietlist.example.com.');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw invalid('The base URL holds more than a host and a path.', 'Leave out user name, password, “?” and “#”; the API key has a field of its own.');
  }
  if (url.protocol === 'http:' && !allowInsecureHttp && !isPrivateHost(url.hostname)) {
    throw invalid('The base URL is plain http to another machine, where the API key could be read on the way.', 'Use https, or switch on “Allow insecure HTTP” when the network in between is your own.');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
};

/** `URL` has already put every other spelling of an IPv4 address (0x7f.1, 2130706433) into four decimal numbers. */
const isPrivateHost = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^\[f[cd][0-9a-f]{2}:/.test(host) ||
  /^(127|10)\.\d+\.\d+\.\d+$/.test(host) || /^192\.168\.\d+\.\d+$/.test(host) || /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/.test(host);

/** The key as a header can carry it; an error of a transport would otherwise quote it. */
export const checkedApiKey = (text: string): string => {
  const key = text.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) throw invalid('The API key is empty or holds characters that no key has.', 'Copy the key again, in one piece.');
  return key;
};
