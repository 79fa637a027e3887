import type { Schema } from '../../../http/openapi/types.ts';
import { orNull, said, whole } from './words.ts';

/** What an answer says of its page, beside `data`. */
export const pageProperties: Readonly<Record<string, Schema>> = {
  total: whole('Items of all pages.', { minimum: 0 }),
  per_page: whole('Items of a page.', { minimum: 1, maximum: 1_000 }),
  current_page: whole('This page.', { minimum: 1 }),
  last_page: whole('The last page; 1 where there is nothing.', { minimum: 1 }),
  next_page_url: orNull(said('Address of the next page.')),
  prev_page_url: orNull(said('Address of the page before.')),
  from: orNull(whole('Place of the first item of this page among all, from 1; null where it has none.')),
  to: orNull(whole('Place of the last one.')),
};
