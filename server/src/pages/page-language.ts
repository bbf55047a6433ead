/** The languages of the pages that recipients see. */
export const pageLanguages = ['en', 'pt', 'es', 'de', 'fr'] as const;
export type PageLanguage = (typeof pageLanguages)[number];

const longestHeader = 1_000;

/** The language that a reader likes best of ours, as `Accept-Language` says (RFC 9110 §12.5.4); English where it names none. */
export function pageLanguageOf(header: string | undefined): PageLanguage {
  let best: PageLanguage = 'en';
  let bestQuality = 0;
  for (const part of (header ?? '').slice(0, longestHeader).split(',')) {
    const [, tag = '', quality = '1'] = /^\s*([a-z*]+)(?:-[a-z0-9-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i.exec(part) ?? [];
    const language = tag === '*' ? 'en' : pageLanguages.find((one) => one === tag.toLowerCase());
    if (language === undefined || Number(quality) <= bestQuality) continue;
    best = language;
    bestQuality = Number(quality);
  }
  return best;
}
