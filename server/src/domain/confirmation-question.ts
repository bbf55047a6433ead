import type { LanguageCode } from '@quietlist/contract/languages';

/** Asks in words that the answers YES and NO of the same language fit. */
const questions: Partial<Record<LanguageCode, string>> = {
  en: 'Do you want to stop receiving our messages? Reply YES or NO.',
  pt: 'Você quer parar de receber nossas mensagens? Responda SIM ou NÃO.',
  es: '¿Quiere dejar de recibir nuestros mensajes? Responda SÍ o NO.',
  fr: 'Souhaitez-vous ne plus recevoir nos messages ? Répondez OUI ou NON.',
  de: 'Möchten Sie keine Nachrichten mehr von uns erhalten? Antworten Sie JA oder NEIN.',
  it: 'Vuole non ricevere più i nostri messaggi? Risponda SÌ o NO.',
  nl: 'Wilt u geen berichten meer van ons ontvangen? Antwoord JA of NEE.',
};

/** The question whether somebody wants to opt out, and the language in which it is asked: that of the message, else English. */
export function confirmationQuestion(language: LanguageCode | null): { text: string; language: LanguageCode } {
  const text = language === null ? undefined : questions[language];
  return text !== undefined && language !== null ? { text, language } : { text: questions.en ?? '', language: 'en' };
}
