/** The languages that Quietlist knows opt-out words of. A list names those whose words opt people out of it by themselves. */
export const languages = {
  ar: 'Arabic', cs: 'Czech', da: 'Danish', de: 'German', en: 'English', es: 'Spanish', fi: 'Finnish', fr: 'French', he: 'Hebrew', hi: 'Hindi',
  hu: 'Hungarian', id: 'Indonesian', it: 'Italian', ja: 'Japanese', ko: 'Korean', nl: 'Dutch', no: 'Norwegian', pl: 'Polish', pt: 'Portuguese',
  ro: 'Romanian', ru: 'Russian', sv: 'Swedish', th: 'Thai', tr: 'Turkish', uk: 'Ukrainian', vi: 'Vietnamese', zh: 'Chinese',
} as const;
export type LanguageCode = keyof typeof languages;
