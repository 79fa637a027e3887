import type { Described } from './http/openapi/types.ts';

/** What each dialect says of itself, in the order of the document of all. */
export const descriptions: readonly Described[] = [];
