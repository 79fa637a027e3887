import { writeFileSync } from 'node:fs';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { documentForTypes, firstLine, markOf } from './document.ts';

// Writes src/schema.ts, the types of all requests and answers: node bin/openpunch --run client/scripts/generate.ts
const document = documentForTypes();
// What has a default need not be sent.
const text = astToString(await openapiTypes(document as unknown as OpenAPI3, { defaultNonNullable: false }));
const types = text.replace(/^(?: {4})+/gm, (blanks) => blanks.slice(blanks.length / 2));
writeFileSync(new URL('../src/schema.ts', import.meta.url), `${firstLine(markOf(document))}\n${types}`);
