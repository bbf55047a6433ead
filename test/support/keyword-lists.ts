import { languages, type LanguageCode } from '@quietlist/contract/languages';
import { normaliseKeyword } from '../../server/src/domain/keyword/normalise.ts';
import { packs } from '../../server/src/domain/keyword/packs.ts';

/** The lists of a pack as the reference page shows them. */
const shown = { optOut: 'opts out', contextOptOut: 'opts out, steers a flow', suspected: 'held for review', optIn: 'opts in', contextOptIn: 'opts in, steers a flow', help: 'help', yes: 'yes', no: 'no' } as const;

/** The word lists of docs/reference/keywords.md, made from the packs. */
export function keywordLists(): string {
  return (Object.entries(languages) as Array<[LanguageCode, string]>)
    .sort(([, one], [, other]) => (one < other ? -1 : 1))
    .map(([code, label]) => {
      const rows = (Object.keys(shown) as Array<keyof typeof shown>).map((list) => `| ${shown[list]} | ${[...new Set(packs[code][list].map(normaliseKeyword))].join(', ')} |`);
      return `### ${label} (\`${code}\`)\n\n| a whole message | words |\n|---|---|\n${rows.join('\n')}\n`;
    })
    .join('\n');
}
