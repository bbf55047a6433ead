/** One thing that was looked at. */
export interface Finding {
  level: 'ok' | 'warning' | 'problem';
  /** What was found. Never an address or a key. */
  what: string;
  /** What to do about it. */
  toDo?: string;
}

export const ok = (what: string): Finding => ({ level: 'ok', what });
export const warning = (what: string, toDo: string): Finding => ({ level: 'warning', what, toDo });
export const problem = (what: string, toDo: string): Finding => ({ level: 'problem', what, toDo });

export const findingLine = ({ level, what, toDo }: Finding): string => `${level.padEnd(7)}  ${what}${toDo ? ` ${toDo}` : ''}\n`;
