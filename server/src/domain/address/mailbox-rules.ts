/**
 * Providers of consumer mail that document that several addresses are one mailbox. `mailbox` of an address is made by these rules;
 * every other domain keeps its address, because a tag or a dot may be another person there. Yahoo is not listed: the part before its hyphen
 * is another name, not the mailbox. Changing a rule changes `rulesVersion`.
 */
export interface MailboxRule {
  id: string;
  domains: readonly string[];
  /** What follows the first + is a tag. */
  plusTag: boolean;
  /** Characters that the provider ignores. */
  ignored: string;
  /** The domain that stands for all of them, where they are one; else each domain keeps its own names. */
  oneDomain?: string;
  source: string;
}

const everywhere = (name: string, suffixes: string): string[] => suffixes.split(' ').map((suffix) => `${name}.${suffix}`);
const microsoftSuffixes = 'at be cl co.il co.nz co.th co.uk com com.ar com.au com.br com.gr com.pe com.tr com.vn cz de dk es fr hu id ie in it jp kr lv my ph pt sa sg sk';

export const mailboxRules: readonly MailboxRule[] = [
  { id: 'gmail', domains: ['gmail.com', 'googlemail.com'], plusTag: true, ignored: '.', oneDomain: 'gmail.com', source: 'support.google.com/mail/answer/7436150; rspamd lua_aliases' },
  {
    id: 'outlook',
    domains: [
      ...everywhere('outlook', microsoftSuffixes),
      ...everywhere('hotmail', `${microsoftSuffixes} ca ch com.mx fi nl no se com.hk co.za`),
      ...everywhere('live', 'at be ca ch cl cn co.kr co.uk co.za com com.ar com.au com.mx com.my com.ph com.pt com.sg de dk fi fr hk ie in it jp nl no ru se'),
      'msn.com',
    ],
    plusTag: true,
    ignored: '',
    source: 'learn.microsoft.com, plus addressing; list of domains as in validator.js normalizeEmail',
  },
  { id: 'icloud', domains: ['icloud.com', 'me.com', 'mac.com'], plusTag: true, ignored: '', source: 'support.apple.com, iCloud Mail; gmr/email-normalize' },
  { id: 'fastmail', domains: ['fastmail.com', 'fastmail.fm'], plusTag: true, ignored: '', source: 'fastmail.help, plus addressing; gmr/email-normalize' },
  { id: 'proton', domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'], plusTag: true, ignored: '.-_', oneDomain: 'proton.me', source: 'proton.me/support/addresses-and-aliases' },
  { id: 'zoho', domains: ['zoho.com', 'zoho.eu', 'zoho.in', 'zohomail.com', 'zohomail.eu', 'zohomail.in'], plusTag: true, ignored: '', source: 'zoho.com/mail/help, plus addressing; gmr/email-normalize' },
  { id: 'hey', domains: ['hey.com'], plusTag: true, ignored: '', source: 'hey.com/faqs' },
];

const ruleOf = new Map(mailboxRules.flatMap((rule) => rule.domains.map((domain) => [domain, rule] as const)));

/** By the first character of a domain, its length as a bit: nearly every domain without a rule is told by these two. */
const lengthsOf = new Int32Array(128);
for (const domain of ruleOf.keys()) {
  const first = domain.charCodeAt(0);
  lengthsOf[first] = (lengthsOf[first] as number) | (1 << domain.length);
}

/** Whether the domain that begins here in a text may have a rule: false only where it has none. */
export function mayHaveMailboxRule(text: string, start: number): boolean {
  const length = text.length - start;
  const first = text.charCodeAt(start);
  return length < 32 && first < 128 && ((lengthsOf[first] as number) & (1 << length)) !== 0;
}

export const mailboxRuleOf = (domain: string): MailboxRule | undefined => ruleOf.get(domain);

/** The mailbox of an address at a provider with a rule; undefined where the rule would leave no name. */
export function mailboxOf(rule: MailboxRule, local: string, domain: string): string | undefined {
  if (local.startsWith('"')) return undefined;
  const tag = rule.plusTag ? local.indexOf('+') : -1;
  let name = tag < 0 ? local : local.slice(0, tag);
  for (const character of rule.ignored) if (name.includes(character)) name = name.replaceAll(character, '');
  return name === '' ? undefined : `${name}@${rule.oneDomain ?? domain}`;
}
