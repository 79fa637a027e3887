import type { Operation, Schema } from '../../../http/openapi/types.ts';
import { resources } from '../../../resources/index.ts';
import { xlsxType } from '../reports/format.ts';
import { reports } from '../reports/index.ts';
import { supplemental } from './envelopes.ts';
import { errorsOf } from './errors.ts';
import { examplesOf } from './examples.ts';
import { closed, schemaRef } from './names.ts';
import { answeredFields } from './objects.ts';
import { shared } from './parameters.ts';
import { type Described, reportAnswers } from './report-answers.ts';
import { reportFilters } from './report-filters.ts';
import { progress, trackedTime } from './report-rows.ts';
import { answer } from './resources.ts';

/** The POST of one report. */
export function reportOperation(name: string): Operation {
  const said = reportAnswers[name];
  if (said === undefined || reports[name] === undefined)
    throw new Error(`openapi/report-answers.ts must describe ${name}`);
  const { operationId, summary, description, schema } = said;
  const json = answer('The report.', schema, operationId);
  const tables = {
    'text/csv': { schema: { type: 'string' } },
    [xlsxType]: { schema: { type: 'string', format: 'binary' } },
  } as const;
  return {
    operationId,
    tags: ['reports'],
    summary,
    description,
    parameters: [
      {
        name: 'format',
        in: 'query',
        description: 'JSON, or the same as a table to download; the media type in `Accept` says it as well.',
        schema: { type: 'string', enum: ['json', 'csv', 'xlsx'], default: 'json' },
      },
      ...(said.explains
        ? [
            {
              name: 'explain',
              in: 'query',
              description: 'Adds why every segment of time is paid as it is; may stand in `data` too.',
              schema: { type: 'string', enum: ['yes', 'no'], default: 'no' },
            } as const,
          ]
        : []),
      shared('supplementalData'),
      shared('managedClient'),
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: closed({ data: schemaRef(`${schema}Filters`) }),
          ...examplesOf(operationId).request,
        },
      },
    },
    responses: {
      200: '$ref' in json ? json : { ...json, content: { ...json.content, ...tables } },
      ...errorsOf(400, 413),
    },
  };
}

/** The schemas of filters and answers of all reports. */
export function reportSchemas(): Record<string, Schema> {
  const all: Record<string, Schema> = {};
  for (const said of Object.values(reportAnswers)) {
    const { schema, filters, required } = said;
    const named = Object.fromEntries(
      [...filters, 'supplemental_data'].map((name): [string, Schema] => [name, reportFilters[name] ?? unknown(name)]),
    );
    all[`${schema}Filters`] = closed(
      named,
      Object.keys(named).filter((name) => !required.includes(name)),
    );
    all[schema] = answerOf(said);
    Object.assign(all, said.parts);
  }
  return { ...all, EstimateItemProgress: estimateItemProgress() };
}

/** An item of a budget with the time that it is about. */
function estimateItemProgress(): Schema {
  const items = resources.get('estimate_items');
  if (items === undefined) throw new Error('estimate_items is no resource');
  return closed({ ...answeredFields(items)[0], ...trackedTime, budget_progress: progress });
}

function unknown(name: string): never {
  throw new Error(`openapi/report-filters.ts must describe ${name}`);
}

function answerOf({ properties, optional = [], carries, rows }: Described): Schema {
  return closed({ ...properties, supplemental_data: supplemental(resources, carries, rows) }, [
    ...optional,
    'supplemental_data',
  ]);
}
