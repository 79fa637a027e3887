import type { Definition, Filter } from '../../../engine/definition.ts';
import type { Parameter, Reference, Schema } from '../../../http/openapi/types.ts';
import { code } from './names.ts';
import { sharedParameters } from './parameters.ts';

/** The query parameters that narrow the list of a resource, put it in order or show more of it. */
export function filterParameters(definition: Definition): (Parameter | Reference)[] {
  const filters = Object.entries(definition.filters).map(([name, filter]) => parameterOf(definition, name, filter));
  return [...filters, ...orderParameters(definition)];
}

function parameterOf(definition: Definition, name: string, filter: Filter): Parameter | Reference {
  const shared = sharedFilter(name, filter);
  if (shared !== undefined) return { $ref: `#/components/parameters/${shared}` };
  const needed = definition.needs?.includes(name);
  const others = definition.overrides?.[name];
  const description = [
    filter.says ?? whatItKeeps(definition, name, filter),
    ...(definition.needsOneOf?.includes(name) ? [needsOneOf(definition.needsOneOf)] : []),
    ...(others === undefined ? [] : [`With it, ${others.map(code).join(' and ')} count for nothing.`]),
  ];
  return {
    name,
    in: 'query',
    ...(needed ? { required: true } : {}),
    description: description.join(' '),
    ...listStyle(filter),
    schema: schemaOf(filter),
  };
}

function needsOneOf(names: readonly string[]): string {
  return `At least one of ${names.map(code).join(', ')} must be given.`;
}

/** The name of the parameter that many lists share, where this filter says nothing of its own. */
function sharedFilter(name: string, filter: Filter): string | undefined {
  if (filter.says !== undefined) return undefined;
  const known = Object.entries(sharedParameters).find(([, parameter]) => parameter.name === name);
  const usual =
    (name === 'modified_since' && filter.kind === 'since') || (name === 'modified_before' && filter.kind === 'before');
  return usual ? known?.[0] : undefined;
}

function whatItKeeps({ fields }: Definition, name: string, filter: Filter): string {
  const column = 'column' in filter && /^\w+$/.test(filter.column) ? filter.column : name;
  const [field = column] = Object.entries(fields).find(([key, { column: own }]) => (own ?? key) === column) ?? [];
  switch (filter.kind) {
    case 'ids':
      if (filter.except) return `Without the rows whose ${code(field)} is one of these.`;
      return `Only rows whose ${code(field)} is one of these.${filter.zeroIsNull ? ' 0 for none.' : ''}${anything(filter.anything)}`;
    case 'integers':
      return `Only rows whose ${code(field)} is one of these.`;
    case 'texts':
      return `Only rows whose ${code(field)} is one of these texts${filter.folded ? ', in any case' : ''}.`;
    case 'wildcard':
      return `Only rows whose ${code(field)} matches, in any case; \`*\` stands for any text.`;
    case 'yes-no-both':
      return field === 'active'
        ? 'Whether active rows, archived ones (no) or both are listed.'
        : `Only rows whose ${code(field)} is true (yes) or false (no), or both.`;
    case 'choice':
      return `Only rows whose ${code(field)} is this; ${code(filter.everything)} for all.`;
    case 'day-from':
      return `Only rows whose ${code(field)} is this day or later.`;
    case 'day-to':
      return `Only rows whose ${code(field)} is this day or before.`;
    case 'since':
      return `Only rows whose ${code(field)} is this moment or later.`;
    case 'before':
      return `Only rows whose ${code(field)} is before this moment.`;
    case 'show':
      return `Whether the rows show ${shownBy(fields, name)}.`;
    default:
      throw new Error(`The filter ${name} must say what it keeps`);
  }
}

function anything(id: number | undefined): string {
  return id === undefined ? '' : ` ${id} keeps all.`;
}

function shownBy(fields: Definition['fields'], parameter: string): string {
  return Object.entries(fields)
    .filter(([, { onRequest }]) => onRequest === parameter)
    .map(([name]) => code(name))
    .join(', ');
}

function schemaOf(filter: Filter): Schema {
  switch (filter.kind) {
    case 'ids':
    case 'integers':
    case 'ids-sql':
      return { type: 'array', items: { type: 'integer' }, maxItems: 200 };
    case 'texts-sql':
      return {
        type: 'array',
        items: { type: 'string', ...(filter.values === undefined ? {} : { enum: filter.values }) },
        maxItems: 200,
      };
    case 'texts':
      return { type: 'array', items: { type: 'string' }, maxItems: 200 };
    case 'yes-no-both':
    case 'yes-no-both-sql':
      return { type: 'string', enum: ['yes', 'no', 'both'], default: filter.byDefault };
    case 'choice':
    case 'choice-sql':
      return { type: 'string', enum: [...new Set([...filter.values, filter.everything])], default: filter.byDefault };
    case 'day-from':
    case 'day-to':
      return { type: 'string', format: 'date' };
    case 'since':
    case 'before':
      return { type: 'string', format: 'date-time' };
    case 'text-sql':
      if (filter.holds !== undefined) return { type: 'string', format: filter.holds === 'day' ? 'date' : 'date-time' };
      return { type: 'string', maxLength: 2000 };
    case 'show':
    case 'flag':
      return { type: 'string', enum: ['yes', 'no'], default: 'no' };
    default:
      return { type: 'string', maxLength: 2000 };
  }
}

/** Lists are comma separated. */
function listStyle({ kind }: Filter): Pick<Parameter, 'style' | 'explode'> {
  const list = ['ids', 'integers', 'ids-sql', 'texts', 'texts-sql'].includes(kind);
  return list ? { style: 'form', explode: false } : {};
}

function orderParameters({ sorts }: Definition): Parameter[] {
  if (sorts === undefined) return [];
  return [
    {
      name: 'order_results_by',
      in: 'query',
      description: 'The order of the rows.',
      schema: { type: 'string', enum: Object.keys(sorts) },
    },
    {
      name: 'order_results_reverse',
      in: 'query',
      description: 'Whether that order is turned around.',
      schema: { type: 'string', enum: ['yes', 'no'], default: 'no' },
    },
  ];
}
