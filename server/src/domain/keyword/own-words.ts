import { limits } from '@quietlist/contract/limits';

/** The part of a message that its writer wrote. */
export interface OwnWords {
  text: string;
  /** False when there is more than is read: such a message is never a keyword. */
  whole: boolean;
}

const quotedLine = /^\s*>/;
const signature = /^\s*(?:--|sent from |get outlook for |enviado desde |enviado do meu |envoyé de mon |envoyé depuis |von meinem |gesendet von |inviato da |verzonden vanaf |verstuurd vanaf |skickat från |sendt fra )/i;
const forwarded = /^\s*(?:-{2,}\s*(?:original message|forwarded message|mensaje original|mensagem original|message d.origine|ursprüngliche nachricht)|_{10,}|(?:from|de|von|da|van|från|fra|от)\s?:\s.{0,200}[@<])/i;
const introduction = /^\s*(?:on|el|em|le|am|il|op|den|w dniu)\s.{4,120}(?:wrote|escribió|escreveu|a écrit|schrieb|ha scritto|schreef|skrev|napisał)[^\n]{0,80}:\s*$/i;
const longestHeader = 250;

/**
 * Leaves off the message that a message answers and the signature of a phone. Mail programs put both behind an answer, so that “STOP” is seldom the
 * whole text of a mail, however long its quotation is. Reads on until the limit is full.
 */
export function ownWords(text: string): OwnWords {
  let own = '';
  let hasWords = false;
  for (let start = 0; start <= text.length && own.length <= limits.inboundTextRead; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = text.slice(start, Math.min(end, start + limits.inboundTextRead + 1));
    start = end + 1;
    if (quotedLine.test(line)) continue;
    if (line.length <= longestHeader && (forwarded.test(line) || introduction.test(line) || (hasWords && signature.test(line)))) break;
    own += `${line}\n`;
    hasWords ||= line.trim() !== '';
  }
  const written = own.trimEnd();
  return { text: written.slice(0, limits.inboundTextRead), whole: written.length <= limits.inboundTextRead };
}
