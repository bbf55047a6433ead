import { limits } from '@quietlist/contract/limits';
import { escapeHtml } from './html.ts';
import { linkLayout } from './link-layout.ts';
import { channelText, linkTexts, type LinkTexts } from './link-texts.ts';
import { pageLanguages, type PageLanguage } from './page-language.ts';

/** What a page says a link is about. Never an address: whoever looks over a shoulder, or is sent the link, learns none. */
export interface LinkPageSubject {
  /** The workspace, which stands for whoever sends. */
  from: string;
  list: string;
  channel: string | null;
  sender: string | null;
  /** The way to the link’s own page from the one that is shown: relative, so that a service behind a prefix works. */
  home: string;
}

/** By this field of its form a press of the button on our page is told from that of a mail program. */
export const pressedField = 'confirm';
/** The field whose value is the statement agreed to, as it was shown. */
export const consentField = 'consent';

/** The words of the consent to be contacted again, in a language. */
function statementIn(language: PageLanguage, { from, list, channel }: LinkPageSubject): string {
  const texts = linkTexts[language];
  return texts.again.statement({ from, list, channel: channel === null ? null : channelText(texts, channel) }).slice(0, limits.statementLength);
}

/** Whether these are the words that some page of this subject showed. */
export const isStatement = (text: string, subject: LinkPageSubject): boolean => pageLanguages.some((language) => statementIn(language, subject) === text);

function facts(texts: LinkTexts, { list, channel, sender }: LinkPageSubject): string {
  const { facts: names } = texts;
  const rows = [
    [names.list, list], [names.channel, channel === null ? names.everyChannel : channelText(texts, channel)], ...(sender === null ? [] : [[names.sender, sender]]),
  ] as const;
  return `<dl>${rows.map(([name = '', value = '']) => `<div><dt>${escapeHtml(name)}</dt><dd><bdi>${escapeHtml(value)}</bdi></dd></div>`).join('')}</dl>`;
}

/** What happens, and the button that makes it happen. Opening it changes nothing. */
export function confirmPage(language: PageLanguage, subject: LinkPageSubject): string {
  const texts = linkTexts[language];
  const { title, text, button, note } = texts.confirm;
  const form = `<form method="post" action="${escapeHtml(subject.home)}"><button name="${pressedField}" value="yes">${escapeHtml(button)}</button></form>`;
  return linkLayout({ language, sign: 'question', title, from: subject.from, body: `<p>${escapeHtml(text)}</p>${facts(texts, subject)}${form}<p class="note">${escapeHtml(note)}</p>` });
}

/** What was opted out of, and the way back: a box that nobody has ticked, beside the words that are agreed to by ticking it. */
export function donePage(language: PageLanguage, subject: LinkPageSubject, isConsentMissing = false): string {
  const texts = linkTexts[language];
  const { title, text } = texts.done;
  const { summary, button, missing } = texts.again;
  const statement = escapeHtml(statementIn(language, subject));
  const way = `<details${isConsentMissing ? ' open' : ''}><summary>${escapeHtml(summary)}</summary><form method="post" action="${escapeHtml(subject.home)}/resubscribe">${
    isConsentMissing ? `<p class="alert" role="alert">${escapeHtml(missing)}</p>` : ''
  }<label><input type="checkbox" name="${consentField}" value="${statement}" required autocomplete="off"><span>${statement}</span></label><button class="quiet">${escapeHtml(button)}</button></form></details>`;
  return linkLayout({ language, sign: 'done', title, from: subject.from, body: `<p>${escapeHtml(text)}</p>${facts(texts, subject)}${way}` });
}

/** The opt-out was lifted. */
export function resubscribedPage(language: PageLanguage, subject: LinkPageSubject): string {
  const texts = linkTexts[language];
  const { title, text, link } = texts.resubscribed;
  const back = `<a class="button quiet" href="${escapeHtml(subject.home)}">${escapeHtml(link)}</a>`;
  return linkLayout({ language, sign: 'done', title, from: subject.from, body: `<p>${escapeHtml(text)}</p>${facts(texts, subject)}${back}` });
}

/** For every token that is no link's, whatever the reason: nobody learns which there are. */
export const unknownPage = (language: PageLanguage): string =>
  linkLayout({ language, sign: 'broken', title: linkTexts[language].unknown.title, from: null, body: `<p>${escapeHtml(linkTexts[language].unknown.text)}</p>` });

/** The store cannot be used: never “done”. */
export function unavailablePage(language: PageLanguage): string {
  const { title, text, link } = linkTexts[language].unavailable;
  return linkLayout({ language, sign: 'wait', title, from: null, body: `<p>${escapeHtml(text)}</p><a class="button" href="">${escapeHtml(link)}</a>` });
}

/** A request that no page of ours sends. */
export const unreadablePage = (language: PageLanguage): string =>
  linkLayout({ language, sign: 'broken', title: linkTexts[language].unreadable.title, from: null, body: `<p>${escapeHtml(linkTexts[language].unreadable.text)}</p>` });
