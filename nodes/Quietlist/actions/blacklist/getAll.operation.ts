import { entriesDescription, getEntries } from '../common/entries.ts';

export const description = entriesDescription('block', 'blacklist');

export const execute = getEntries('block');
