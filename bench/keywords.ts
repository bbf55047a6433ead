/**
 * Messages read per second on one core, what custom keywords add to that, and how well wordings are told apart: `node bench/keywords.ts [rounds] [chat.tsv]`.
 * Rates are of CPU time; every figure is the median of the rounds. The peer is what a flow does without an index: a loop over all rules for every message.
 * The second argument is a file of everyday messages, a label and a text a line (`ham`, a tab, the text), whose hits are counted as false alarms.
 */
import { readFileSync } from 'node:fs';
import { languages, type LanguageCode } from '@quietlist/contract/languages';
import { KeywordIndex } from '../server/src/domain/keyword/keyword-index.ts';
import { normaliseKeyword } from '../server/src/domain/keyword/normalise.ts';
import { readMessage, type Meaning } from '../server/src/domain/keyword/read-message.ts';
import { median, printTable } from './support/report.ts';

const rounds = Number(process.argv[2] ?? 7);
const roundMs = 150;
const chatFile = process.argv[3];
const all = Object.keys(languages) as LanguageCode[];
const read = (text: string): Meaning => readMessage(text, { languages: all, channel: 'whatsapp', inFlow: false });

/** Ordinary chat of about 70 characters, no two alike. */
const openings = ['hey, are you coming to the party on', 'the parcel should arrive at your door on', "i'll call you back when i'm out of the meeting on", 'do you have this jacket in blue, my size is', 'olá, tudo bem? queria saber o preço do produto', 'thanks so much, we had a lovely evening, see you', 'wir treffen uns um acht vor dem Kino, bring bitte', 'can you send me the invoice for last month, number'];
const chat = Array.from({ length: 5_000 }, (_, index) => `${openings[index % openings.length] ?? ''} ${['monday', 'lunes', 'friday evening', 'sonntag'][index % 4] ?? ''} ${index}?`);
const keywords = Array.from({ length: 10_000 }, (_, index) => `promo ${index}`);
const bare = ['STOP', 'stop please', 'Unsubscribe!', 'Sair', 'ok', 'yes', 'STOPPPP', 'info'];

const index = new KeywordIndex(keywords.map((keyword) => ({ keyword, value: keyword })));
const normalised = keywords.map(normaliseKeyword);

const isAny = (text: string): boolean => normalised.some((keyword) => keyword === text);

let sink = 0;
const over = (texts: readonly string[], work: (text: string) => void) => (): number => {
  for (const text of texts) work(text);
  return texts.length;
};
const cases: Record<string, { run: () => number; goal?: number }> = {
  'ordinary chat, 70 characters': { run: over(chat, (text) => { if (read(text).kind !== 'none') sink += 1; }), goal: 50_000 },
  'ordinary chat, with 10,000 custom keywords': { run: over(chat, (text) => { if (read(text).kind !== 'none' || index.find(text).length > 0) sink += 1; }) },
  'ordinary chat, a loop over 10,000 keywords': { run: over(chat.slice(0, 500), (text) => { if (read(text).kind !== 'none' || isAny(normaliseKeyword(text))) sink += 1; }) },
  'bare keywords': { run: over(bare, (text) => { if (read(text).kind !== 'none') sink += 1; }) },
  'a text of 64 KB, with 10,000 custom keywords': { run: over([`${'stop it '.repeat(8_192)}`], (text) => { if (read(text).kind !== 'none' || index.find(text).length > 0) sink += 1; }) },
};

function rate(run: () => number): number {
  let done = 0;
  const start = process.cpuUsage();
  for (;;) {
    done += run();
    const { user, system } = process.cpuUsage(start);
    if (user + system > roundMs * 1_000) return (done / (user + system)) * 1e6;
  }
}

for (const { run } of Object.values(cases)) rate(run); // Warm up.
const rates = new Map(Object.keys(cases).map((name): [string, number[]] => [name, []]));
for (let round = 0; round < rounds; round += 1) for (const [name, { run }] of Object.entries(cases)) rates.get(name)?.push(rate(run));
const medians = new Map([...rates].map(([name, values]) => [name, median(values)]));
const plain = medians.get('ordinary chat, 70 characters') ?? Number.NaN;
const shown = (value: number): string => (value >= 10_000 ? `${Math.round(value / 1_000)} k/s` : `${Math.round(value)}/s`);
printTable(`Node ${process.version}, one core, median of ${rounds} rounds`, ['messages', 'rate', '÷ ordinary', 'goal'], [...medians].map(([name, value]) => {
  const goal = cases[name]?.goal ?? (name.includes('with 10,000') && name.startsWith('ordinary') ? plain / 1.5 : undefined);
  return [name, shown(value), `${(value / plain).toFixed(3)} ×`, goal === undefined ? '' : `≥ ${shown(goal)} ${value >= goal ? 'met' : 'MISSED'}`];
}));

type Row = readonly [text: string, situation: string];

/** The 95 % interval of Wilson for a share. */
function wilson(hits: number, of: number): string {
  const z = 1.96;
  const share = hits / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return `${(share * 100).toFixed(1)} % (${((middle - half) * 100).toFixed(1)}–${((middle + half) * 100).toFixed(1)})`;
}

const tiersOf = (rows: readonly Row[]): { acted: number; held: number } => {
  const tiers = rows.map(([text]) => read(text)).map((meaning) => (meaning.kind === 'opt_out' ? meaning.tier : 0));
  return { acted: tiers.filter((tier) => tier === 1).length, held: tiers.filter((tier) => tier === 2).length };
};

const accuracy = ['third-party', 'own'].map((name) => {
  const { positives, negatives } = JSON.parse(readFileSync(new URL(`../test/support/fixtures/opt-out-wordings-${name}.json`, import.meta.url), 'utf8')) as { positives: Row[]; negatives: Row[] };
  const [found, wrong] = [tiersOf(positives), tiersOf(negatives)];
  return [name, String(positives.length), wilson(found.acted, positives.length), wilson(found.acted + found.held, positives.length), String(negatives.length), String(wrong.acted), String(wrong.held)];
});
printTable('Wordings, every language enabled (95 % interval). Both sets were seen while the rules were written', ['set', 'opt-outs', 'acts on', 'acts on or holds', 'others', 'acted on', 'held'], accuracy);

if (chatFile !== undefined) {
  const everyday = readFileSync(chatFile, 'utf8').split('\n').filter((line) => line.startsWith('ham\t')).map((line): Row => [line.slice(4), '']);
  const { acted, held } = tiersOf(everyday);
  printTable('Everyday messages', ['messages', 'acted on', 'held', 'held a 10,000'], [[String(everyday.length), String(acted), String(held), ((held / everyday.length) * 1e4).toFixed(1)]]);
}
if (sink === 0) throw new Error('Nothing was read.');
