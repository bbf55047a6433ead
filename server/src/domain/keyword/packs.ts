import type { LanguageCode } from '@quietlist/contract/languages';
import type { LanguagePack } from './pack.ts';
import { arabic } from './packs/arabic.ts';
import { chinese } from './packs/chinese.ts';
import { czech } from './packs/czech.ts';
import { danish } from './packs/danish.ts';
import { dutch } from './packs/dutch.ts';
import { english } from './packs/english.ts';
import { finnish } from './packs/finnish.ts';
import { french } from './packs/french.ts';
import { german } from './packs/german.ts';
import { hebrew } from './packs/hebrew.ts';
import { hindi } from './packs/hindi.ts';
import { hungarian } from './packs/hungarian.ts';
import { indonesian } from './packs/indonesian.ts';
import { italian } from './packs/italian.ts';
import { japanese } from './packs/japanese.ts';
import { korean } from './packs/korean.ts';
import { norwegian } from './packs/norwegian.ts';
import { polish } from './packs/polish.ts';
import { portuguese } from './packs/portuguese.ts';
import { romanian } from './packs/romanian.ts';
import { russian } from './packs/russian.ts';
import { spanish } from './packs/spanish.ts';
import { swedish } from './packs/swedish.ts';
import { thai } from './packs/thai.ts';
import { turkish } from './packs/turkish.ts';
import { ukrainian } from './packs/ukrainian.ts';
import { vietnamese } from './packs/vietnamese.ts';

/** What is known of each language. English comes first: of two languages with the same wording it is the one that is named. */
export const packs: Readonly<Record<LanguageCode, LanguagePack>> = {
  en: english, es: spanish, pt: portuguese, fr: french, de: german, it: italian, nl: dutch, pl: polish, sv: swedish, da: danish, no: norwegian, fi: finnish, tr: turkish, ru: russian,
  uk: ukrainian, cs: czech, ro: romanian, hu: hungarian, id: indonesian, hi: hindi, ar: arabic, he: hebrew, zh: chinese, ja: japanese, ko: korean, vi: vietnamese, th: thai,
};
