import { entriesDescription, getEntries } from '../common/entries.ts';

export const description = entriesDescription('opt_out', 'optOut');

export const execute = getEntries('opt_out');
