import { createHash } from 'node:crypto';
import { escapeHtml } from './html.ts';
import { linkStyle } from './link-style.ts';
import type { PageLanguage } from './page-language.ts';

/** No script, nothing from elsewhere, no frame around it; the one style is the one below. */
export const linkPagePolicy = [
  "default-src 'none'", `style-src 'sha256-${createHash('sha256').update(linkStyle).digest('base64')}'`, "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ');

/** The signs of the pages, each drawn on 24 by 24. */
const signs = {
  question: 'M3 7.5A1.5 1.5 0 0 1 4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5zM3.5 7.5 12 13l8.5-5.5',
  done: 'm5 12.5 4.5 4.5L19 7.5',
  broken: 'M10 14a3.5 3.5 0 0 1 0-5l2.5-2.5a3.5 3.5 0 0 1 5 5L16 13M14 10a3.5 3.5 0 0 1 0 5l-2.5 2.5a3.5 3.5 0 0 1-5-5L8 11',
  wait: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16m0 4v4.5l3 2',
} as const;

export interface LinkLayout {
  language: PageLanguage;
  sign: keyof typeof signs;
  title: string;
  /** Whose page it is; null where nobody knows. */
  from: string | null;
  /** HTML below the title. */
  body: string;
}

/** One page, whole. It holds no address, and its only state is its own URL. */
export function linkLayout({ language, sign, title, from, body }: LinkLayout): string {
  const whose = from === null ? '' : `<p class="from"><bdi>${escapeHtml(from)}</bdi></p>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(from === null ? title : `${title} – ${from}`)}</title><style>${linkStyle}</style></head>
<body><main>${whose}<svg class="sign ${sign}" viewBox="0 0 24 24" aria-hidden="true"><path d="${signs[sign]}"/></svg>
<h1>${escapeHtml(title)}</h1>
${body}</main></body></html>
`;
}
