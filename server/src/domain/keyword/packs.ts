import type { LanguageCode } from '@quietlist/contract/languages';
import type { LanguagePack } from './pack.ts';
import { english } from './packs/english.ts';
import { french } from './packs/french.ts';
import { german } from './packs/german.ts';
import { portuguese } from './packs/portuguese.ts';
import { spanish } from './packs/spanish.ts';

/** What is known of each language. */
export const packs: Readonly<Partial<Record<LanguageCode, LanguagePack>>> = { en: english, es: spanish, pt: portuguese, fr: french, de: german };
