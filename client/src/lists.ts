import type { CreateListRequest, DeleteListRequest, List, UpdateListRequest } from '@quietlist/contract/list';
import { limits } from '@quietlist/contract/limits';
import { isList, isListPage } from '@quietlist/contract/validators';
import { collect, pathOf, type Requests } from './requests.ts';
import type { RepeatOptions } from './types.ts';

const path = '/v1/lists';

export const listLists = (requests: Requests): Promise<List[]> => collect(requests.rows(path, { limit: limits.pageSizeMaximum }, isListPage));

export const createList = (requests: Requests, body: CreateListRequest, { operationId }: RepeatOptions): Promise<List> =>
  requests.write({ method: 'POST', path, body, status: 201 }, isList, operationId);

export const updateList = (requests: Requests, id: string, body: UpdateListRequest, { operationId }: RepeatOptions): Promise<List> =>
  requests.write({ method: 'PATCH', path: pathOf(path, id), body }, isList, operationId);

/** `members` says what becomes of the opt-outs in it; without, only an empty list is deleted. */
export const deleteList = (requests: Requests, id: string, members: DeleteListRequest | undefined, { operationId }: RepeatOptions): Promise<List> =>
  requests.write({ method: 'DELETE', path: pathOf(path, id), ...(members === undefined ? {} : { body: members }) }, isList, operationId);
