/** What the ids of each channel look like. A channel that is not listed has opaque ids of its own (a CRM, a chat widget). */
export interface HandleFormat {
  person: (id: string) => boolean;
  group: (id: string) => boolean;
  /** False where an id means the same person everywhere, so that a scope would only hide a match. */
  scoped: boolean;
  longest: number;
  source: string;
}

const never = (): boolean => false;
const matching = (pattern: RegExp) => (id: string): boolean => pattern.test(id);
const opaque = (longest: number, source: string): HandleFormat => ({ person: matching(/^[^\p{Cc}\p{Cs}\ufffd]+$/u), group: never, scoped: true, longest, source });
const metaScopedId = (source: string): HandleFormat => ({ person: matching(/^[1-9]\d{5,19}$/), group: never, scoped: true, longest: 20, source });

const highestTelegramId = 1_099_511_627_775;
const highestSnowflake = 18_446_744_073_709_551_615n;

const formats: Record<string, HandleFormat> = {
  telegram: {
    person: (id) => /^[1-9]\d{0,12}$/.test(id) && Number(id) <= highestTelegramId,
    group: matching(/^-\d+$/),
    scoped: false,
    longest: 20,
    source: 'core.telegram.org/api/bots/ids',
  },
  messenger: metaScopedId('Meta, page-scoped ids'),
  instagram: metaScopedId('Meta, Instagram-scoped ids'),
  line: { person: matching(/^U[0-9a-f]{32}$/), group: matching(/^[CR][0-9a-f]{32}$/), scoped: true, longest: 33, source: 'developers.line.biz' },
  slack: { person: matching(/^[UW][A-Z0-9]{8,}$/), group: matching(/^[CG][A-Z0-9]{8,}$/), scoped: true, longest: 32, source: 'api.slack.com' },
  discord: {
    person: (id) => /^[1-9]\d{14,19}$/.test(id) && BigInt(id) <= highestSnowflake,
    group: matching(/^<(?:#|@&)\d+>$/),
    scoped: false,
    longest: 24,
    source: 'discord.com/developers, snowflakes',
  },
  webchat: opaque(255, 'the widget'),
  push: opaque(512, 'the push service'),
};
export const handleFormats: ReadonlyMap<string, HandleFormat> = new Map(Object.entries(formats));
/** Channels of the list above whose ids may be any text, so that nothing is taken off them. */
export const opaqueChannels: ReadonlySet<string> = new Set(['webchat', 'push']);

export const opaqueFormat = opaque(255, 'the system that gave the id');

/** Channels whose addresses are phone numbers or e-mail addresses only. */
export const channelsWithoutHandles: ReadonlySet<string> = new Set(['sms', 'rcs', 'voice', 'email']);
/** Mentions in messages: `<@U024BE7LH>`, `<@!80351110224678912>`. */
export const mentions: ReadonlyMap<string, RegExp> = new Map([
  ['slack', /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/],
  ['discord', /^<@!?(\d+)>$/],
]);
