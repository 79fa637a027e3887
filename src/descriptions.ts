import { describeTimekit } from './dialects/timekit/openapi/index.ts';
import { describeTimeStation } from './dialects/timestation/openapi/index.ts';
import { describeLegacy } from './dialects/tsheets-legacy/openapi/index.ts';
import { describeTsheetsRest } from './dialects/tsheets-rest/openapi/index.ts';
import type { Described } from './http/openapi/types.ts';

/** What each dialect says of itself, in the order of the document of all. */
export const descriptions: readonly Described[] = [
  { name: 'tsheets-rest', describe: describeTsheetsRest },
  { name: 'tsheets-legacy', describe: describeLegacy },
  { name: 'timestation', describe: describeTimeStation },
  { name: 'timekit', describe: describeTimekit },
];
