import { defaultListId } from '@quietlist/contract/vocabulary';
import type { ListRecord } from './ports.ts';

/** A list that says nothing yet: no words of any language opt people out of it. */
export const emptyList: Omit<ListRecord, 'id' | 'name' | 'createdAt'> = { description: '', keyword: null, confirmationMessage: null, webhookUrl: null, languages: [] };

/** The list that every workspace begins with (B4). STOP works from the first day. */
export const defaultList = (createdAt: number): ListRecord => ({ ...emptyList, id: defaultListId, name: 'Default', languages: ['en'], createdAt });
