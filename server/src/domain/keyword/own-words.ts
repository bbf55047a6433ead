/**
 * The part of a message that its writer wrote: without the message it answers and without the signature of a phone. Mail programs put both behind an answer,
 * so that “STOP” is seldom the whole text of a mail.
 */
const quotedLine = /^\s*>/;
const signature = /^\s*(?:--|sent from my |sent from |get outlook for |enviado desde |enviado do meu |envoyé de mon |envoyé depuis |von meinem |gesendet von |inviato da |verzonden vanaf |verstuurd vanaf |skickat från |sendt fra )/i;
const original = /^\s*(?:-{2,}\s*(?:original message|forwarded message|mensaje original|mensagem original|message d.origine|ursprüngliche nachricht)|_{10,}|(?:on|el|em|le|am|il|op|den|w dniu) .{4,120}(?:wrote|escribió|escreveu|a écrit|schrieb|ha scritto|schreef|skrev|napisał)[^\n]{0,80}:\s*$)/i;
const longestHeader = 250;

export function ownWords(text: string): string {
  if (!text.includes('\n')) return quotedLine.test(text) ? '' : text;
  const lines = text.split(/\r?\n/);
  const own: string[] = [];
  for (const line of lines) {
    if (line.length <= longestHeader && (original.test(line) || (own.length > 0 && signature.test(line)))) break;
    if (!quotedLine.test(line)) own.push(line);
  }
  return own.join('\n');
}
