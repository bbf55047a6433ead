/**
 * Reactions to a message of ours that phones deliver as text: `Liked “Reply STOP to opt out”`. They quote us, and say nothing of the writer's will.
 *
 * Read: the English and French texts of iOS and Google Messages in the tests of open-source message apps (covalence, QUIK, several tapback parsers).
 * The other languages are written from memory of iOS and await a check on a phone. A reaction is known by three things at once, so that a sentence of
 * a person is not taken for one: it begins with one of these verbs (or an emoji), a quotation follows, and nothing comes after it.
 */
const verbs: Readonly<Record<string, readonly string[]>> = {
  en: ['liked', 'loved', 'disliked', 'laughed at', 'emphasized', 'emphasised', 'questioned', 'reacted to', 'reacted with', 'reacted', 'removed a like from', 'removed a heart from', 'removed a dislike from', 'removed a laugh from', 'removed an exclamation from', 'removed an exclamation mark from', 'removed a question mark from', 'removed a reaction from', 'removed', 'to'],
  fr: ['a aimé', 'a adoré', 'n’a pas aimé', 'a ri de', 'a ri à', 'a mis en évidence', 'a souligné', 'a posé une question sur', 's’est interrogé', 's’est interrogée', 's’est interrogé(e) sur', 'a réagi avec', 'a réagi à', 'a réagi', 'a retiré', 'a supprimé', 'a ajouté un', 'à'],
  de: ['gefällt', 'gefällt nicht', 'geliebt', 'liebt', 'hat gelacht über', 'lacht über', 'lachte über', 'hervorgehoben', 'betont', 'hinterfragt', 'fragt zu', 'hat', 'hat mit', 'mag', 'mochte', 'reagiert mit', 'reagierte mit', 'reagierte', 'hat reagiert', 'mit reagiert auf', 'entfernt', 'hat entfernt', 'auf'],
  es: ['le gustó', 'le encantó', 'no le gustó', 'le gusta', 'le dio risa', 'se rio de', 'se rió de', 'se ha reído de', 'enfatizó', 'ha enfatizado', 'destacó', 'resaltó', 'preguntó por', 'cuestionó', 'ha preguntado por', 'puso un signo de interrogación a', 'puso un signo de exclamación a', 'reaccionó con', 'reaccionó a', 'reaccionó', 'ha reaccionado con', 'ha reaccionado a', 'quitó', 'eliminó', 'ha quitado', 'me gusta', 'me encanta', 'a'],
  pt: ['gostou de', 'gostou', 'curtiu', 'amou', 'adorou', 'não gostou de', 'descurtiu', 'riu de', 'riu-se de', 'riu', 'enfatizou', 'destacou', 'questionou', 'duvidou de', 'reagiu com', 'reagiu a', 'reagiu', 'removeu', 'retirou', 'a'],
  it: ['ha messo mi piace a', 'ha apprezzato', 'ha adorato', 'ha amato', 'non ha apprezzato', 'ha riso per', 'ha riso di', 'ha enfatizzato', 'ha evidenziato', 'ha messo in dubbio', 'ha chiesto informazioni su', 'ha reagito con', 'ha reagito a', 'ha reagito', 'a'],
  nl: ['vond leuk', 'vindt leuk', 'vond geweldig', 'lachte om', 'heeft gelachen om', 'benadrukte', 'heeft benadrukt', 'stelde een vraag bij', 'heeft gereageerd met', 'reageerde met', 'reageerde', 'op'],
};

const openingQuote = /[“"«„‟‘'「『]/;
const closingQuotes = '”"»“’\'」』';
const longestLead = 60;
const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0f\u20e3]/gu;
const notLetters = /[^\p{L}\p{M}]+/gu;
const picture = /^(?:liked|loved|disliked|laughed at|emphasized|questioned) (?:an? )?(?:image|photo|video|movie|attachment|audio message|sticker|link|voice message|location)$/;

const lead = (text: string): string => text.normalize('NFC').toLowerCase().replace(emoji, ' ').replace(notLetters, ' ').trim();
const leads = new Set(Object.values(verbs).flatMap((words) => words.map(lead)));
/** `Reacted 👍 to`: what stands between an emoji and the quotation. */
const links = new Set(['to', 'from', 'à', 'de', 'a', 'da', 'su', 'auf', 'op', 'aan']);

function isLead(text: string): boolean {
  const words = lead(text);
  const last = words.lastIndexOf(' ');
  return leads.has(words) || (last > 0 && links.has(words.slice(last + 1)) && leads.has(words.slice(0, last)));
}

/** Whether a text is a reaction as phones deliver it. */
export function isReaction(text: string): boolean {
  const trimmed = text.trim();
  const opening = trimmed.slice(0, longestLead).search(openingQuote);
  if (opening < 0) return trimmed.length <= longestLead && picture.test(trimmed.toLowerCase());
  const before = trimmed.slice(0, opening);
  if (!isLead(before) && !isOnlyEmoji(before)) return false;
  const rest = withoutFinalMarks(trimmed.slice(opening + 1));
  return rest.length > 0 && (closingQuotes.includes(rest[rest.length - 1] as string) || isReactedTail(rest));
}

/** `👍 “…”`: an emoji and nothing else. */
const isOnlyEmoji = (text: string): boolean => text.trim() !== '' && text.replace(emoji, '').trim() === '';

/** German and Dutch put the verb behind the quotation: `Hat „…“ mit ❤️ markiert`. */
const tails = new Set(['geliebt', 'mit gefällt mir markiert', 'mit markiert', 'hervorgehoben', 'hinterfragt', 'betont', 'nicht', 'leuk', 'geweldig', 'niet leuk', 'reagiert', 'gelikt', 'le gustó', 'le encantó', 'no le gustó'].map(lead));

function isReactedTail(rest: string): boolean {
  let closing = -1;
  for (let index = Math.max(0, rest.length - longestLead); index < rest.length; index += 1) if (closingQuotes.includes(rest[index] as string)) closing = index;
  return closing >= 0 && tails.has(lead(rest.slice(closing + 1)));
}

function withoutFinalMarks(text: string): string {
  let end = text.length;
  while (end > 0 && ' .\u00a0\u202f\u200a\n'.includes(text[end - 1] as string)) end -= 1;
  return text.slice(0, end);
}
