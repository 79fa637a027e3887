import type { Description, PathItem, Schema } from '../../../http/openapi/types.ts';
import { resources } from '../../../resources/index.ts';
import { actions } from '../actions.ts';
import { aliases } from '../quirks.ts';
import { reports } from '../reports/index.ts';
import { singletons } from '../singletons.ts';
import { actionOperation, actionSchemas } from './actions.ts';
import { errorResponses, requestError } from './errors.ts';
import { eventPaths, eventSchemas } from './events.ts';
import { pascal } from './names.ts';
import { oauthPaths, oauthSchemas } from './oauth.ts';
import { sharedParameters } from './parameters.ts';
import { reportOperation, reportSchemas } from './reports.ts';
import { resourcePath, resourceSchemas } from './resources.ts';
import { security, securitySchemes } from './security.ts';
import { singletonOperation, singletonSchemas } from './singletons.ts';
import { groups } from './tags.ts';

let made: Description | undefined;

/** What the TSheets REST API says of itself: generated once from the definitions, whoever asks. */
export function describeTsheetsRest(): Description {
  made ??= {
    name: 'tsheets-rest',
    title: 'TSheets REST API v1',
    description,
    groups: groups(),
    paths: paths(),
    schemas: {
      RequestError: requestError,
      ...resourceParts(),
      ...actionSchemas(),
      ...singletonSchemas(),
      ...reportSchemas(),
      ...eventSchemas(),
      ...oauthSchemas,
    },
    parameters: sharedParameters,
    responses: errorResponses,
    securitySchemes,
    security,
  };
  return made;
}

const description = `Wire compatible with the TSheets REST API v1.

Lists answer rows by id in \`results\`, in pages of up to 200 (\`more\` says whether another one follows), and the rows that these refer to in
\`supplemental_data\`. Writes take up to 50 items in \`data\` and answer each with a status of its own: the request is a 200 also where items fail.
A request that fails as a whole answers with an HTTP status and \`{"error":{"code":417,"message":"..."}}\`. A method that an endpoint does not
offer is a 501, one that makes no sense there a 405.

Parameters that are lists are comma separated, and can be repeated. Unknown parameters are ignored, unknown properties are refused. Numbers and
booleans may be sent as texts. Moments are ISO 8601 with an offset, days YYYY-MM-DD. Blank moments and days are empty texts, never null. Admins may do
everything that operations say of others.`;

function paths(): Record<string, PathItem> {
  const all: Record<string, PathItem> = { ...oauthPaths, ...eventPaths() };
  const add = (name: string, item: PathItem): void => {
    all[`/api/v1/${name}`] = { ...all[`/api/v1/${name}`], ...item };
  };
  for (const definition of resources.values()) {
    if (definition.verbs.has('list')) add(definition.name, resourcePath(definition));
  }
  for (const name of [...Object.keys(singletons), 'push_key']) {
    const get = singletonOperation(name);
    if (get !== undefined) add(name, { get });
  }
  for (const name of Object.keys(actions)) {
    const post = actionOperation(name);
    if (post !== undefined) add(name, { post });
  }
  for (const name of Object.keys(reports)) add(name, { post: reportOperation(name) });
  for (const [alias, name] of Object.entries(aliases)) add(alias, aliasOf(all[`/api/v1/${name}`] ?? {}, alias));
  return all;
}

/** The same operations under another name of the endpoint, which old clients use. */
function aliasOf(path: PathItem, alias: string): PathItem {
  const operations = Object.entries(path).map(([method, operation]) => [
    method,
    { ...operation, operationId: `${operation.operationId}At${pascal(alias)}`, deprecated: true },
  ]);
  return Object.fromEntries(operations);
}

function resourceParts(): Record<string, Schema> {
  return Object.assign({}, ...[...resources.values()].map((definition) => resourceSchemas(resources, definition)));
}
