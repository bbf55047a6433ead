import { describe, expect, it } from 'vitest';
import { checkedApiKey, checkedBaseUrl } from '@quietlist/client/base-url';

describe('the base URL', () => {
  it.each([
    ['https://quietlist.example.com/', 'https://quietlist.example.com'],
    [' https://example.com/tools/quietlist// ', 'https://example.com/tools/quietlist'],
    ['http://localhost:8181', 'http://localhost:8181'],
    ['http://127.0.0.1:8181/', 'http://127.0.0.1:8181'],
    ['http://[::1]:8181', 'http://[::1]:8181'],
    ['http://10.1.2.3', 'http://10.1.2.3'],
    ['http://172.31.0.1', 'http://172.31.0.1'],
    ['http://192.168.1.5:8181', 'http://192.168.1.5:8181'],
    ['http://[fd00::1]', 'http://[fd00::1]'],
  ])('%j is taken', (given, expected) => expect(checkedBaseUrl(given)).toBe(expected));

  it.each(['http://quietlist:8181', 'http://example.com', 'http://172.32.0.1', 'http://169.254.169.254', 'http://localhost.example.com', 'http://127.0.0.1.example.com', 'http://10.example.com', 'http://[2001:db8::1]', 'http://8.8.8.8'])(
    '%j needs the switch for insecure http',
    (url) => {
      expect(() => checkedBaseUrl(url)).toThrow(/plain http/);
      expect(checkedBaseUrl(url, { allowInsecureHttp: true })).toBe(url);
    },
  );

  it.each(['', 'quietlist', 'ftp://localhost', 'javascript:alert(1)', 'http://user:secret@localhost', 'https://example.com/?key=secret', 'https://example.com/#x', 'file:///etc/passwd'])('%j is refused, and not repeated', (url) => {
    let message = '';
    try {
      checkedBaseUrl(url, { allowInsecureHttp: true });
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/base URL/);
    expect(message).not.toMatch(/secret|passwd|alert/);
  });
});

describe('the API key', () => {
  it('is taken without the spaces around it', () => expect(checkedApiKey(' ql_live_abc\n')).toBe('ql_live_abc'));
  it.each(['', '  ', 'ql_live a', 'ql_live\nX-Evil: 1', 'schlüssel'])('%j is refused, and not repeated', (key) => {
    expect(() => checkedApiKey(key)).toThrow(/^The API key is empty or holds characters that no key has\.$/);
  });
});
