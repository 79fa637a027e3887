import type { Definition, Field, Mode } from '../../../engine/definition.ts';
import { columnOf } from '../../../engine/layout.ts';
import type { Schema } from '../../../http/openapi/types.ts';
import { byId, closed } from './names.ts';
import { whoMay } from './permissions.ts';
import { printedOtherwise } from './printed.ts';

const day: Schema = { type: 'string', format: 'date' };
const dayOrBlank: Schema = { type: 'string', pattern: '^(\\d{4}-\\d{2}-\\d{2})?$' };
const dayOrZeros: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const moment: Schema = { type: 'string', format: 'date-time' };
const momentOrBlank: Schema = { type: 'string', anyOf: [{ format: 'date-time' }, { const: '' }] };
const numbers: Schema = { type: 'array', items: { type: 'integer' } };
const idTexts: Schema = { type: 'array', items: { type: 'string', pattern: '^\\d+$' } };

/** Whether no answer ever shows a field. */
export function isHidden({ type, mode }: Field): boolean {
  return type === 'secret' || mode === 'write-only';
}

/** A field as answers print it. */
export function answered(definition: Definition, name: string, field: Field): Schema {
  const { description = '', ...said } = about(field);
  const seldom = field.onRequest === undefined ? '' : ` Only there with the parameter ${field.onRequest}=yes.`;
  return { ...wire(definition, name, field), description: `${description}${seldom}`, ...said };
}

function wire(definition: Definition, name: string, field: Field): Schema {
  const otherwise = printedOtherwise(`${definition.name}.${name}`);
  if (otherwise !== undefined) return otherwise;
  const set = isAlwaysSet(definition, name, field);
  switch (field.type) {
    case 'integer':
      return field.nullable ? { anyOf: [{ type: 'integer' }, { const: '' }] } : { type: 'integer' };
    case 'reference':
      return { type: 'integer', minimum: 0 };
    case 'decimal':
    case 'offset-hours':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    case 'day':
      return field.unset !== undefined ? dayOrZeros : set ? day : dayOrBlank;
    case 'instant':
    case 'local-instant':
      return set ? moment : momentOrBlank;
    case 'choice':
      return { type: 'string', enum: [...(field.values ?? []), ...(set ? [] : [''])] };
    case 'ids':
    case 'rows':
      return numbers;
    case 'flags':
      return closed(Object.fromEntries((field.values ?? []).map((flag) => [flag, { type: 'boolean' }])));
    case 'map':
      return byId({ type: 'string' });
    case 'json':
      return jsonOf(field);
    case 'links':
      return closed(Object.fromEntries((field.values ?? []).map((kind) => [kind, numbers])), field.values);
    default:
      return { type: 'string' };
  }
}

/** Whether a day, a moment or a choice is never blank. */
function isAlwaysSet({ variant }: Definition, name: string, field: Field): boolean {
  if (field.required === true || field.byDefault !== undefined) return true;
  if (field.type === 'choice') return modeOf(field) === 'read-only' || variant === name;
  return ['created', 'last_modified'].includes(columnOf(name, field));
}

function jsonOf({ holds }: Field): Schema {
  if (holds === 'seconds') return byId({ type: 'integer' });
  if (holds === 'ids') return byId(numbers);
  if (holds === 'ids as texts') return byId(idTexts);
  if (holds === undefined) throw new Error('A field of type json must say what it holds');
  const list = holds.asTexts ? idTexts : numbers;
  return closed(Object.fromEntries(holds.idsOf.map((name) => [name, list])), holds.idsOf);
}

/** The one mode of a field; of those that differ by variant the one that lets clients write. */
function modeOf({ mode }: Field): Mode {
  return typeof mode === 'string' ? mode : 'read-write';
}

/** What is said of a field wherever it stands. */
export function about(field: Field): Schema {
  const mode = modeOf(field);
  const permission = [
    ...(field.readBy === undefined ? [] : [`Shown to ${whoMay(field.readBy)}.`]),
    ...(field.writeBy === undefined ? [] : [`Set by ${whoMay(field.writeBy)}.`]),
  ];
  return {
    description: [field.says, ...notesOn(field)].join(' '),
    ...(mode === 'read-only' ? { readOnly: true } : mode === 'write-only' ? { writeOnly: true } : {}),
    'x-access': mode,
    ...(permission.length === 0 ? {} : { 'x-permission': permission.join(' ') }),
  };
}

function notesOn({ type, mode, required, says, pattern, alsoCalled, orNone, references }: Field): string[] {
  const by = (wanted: Mode): string[] =>
    typeof mode === 'string' ? [] : Object.keys(mode).filter((variant) => mode[variant] === wanted);
  const [written, computed] = [by('read-write'), by('read-only')];
  return [
    ...(written.length > 0 && computed.length > 0
      ? [`Written where the type is ${written.join(', ')}; read only where it is ${computed.join(', ')}.`]
      : []),
    ...(type === 'reference' && references !== undefined && !says.startsWith('Id of')
      ? [`An id of ${references}.`]
      : []),
    ...(type === 'reference' && (required !== true || orNone) && !/\b0\b/.test(says) ? ['0 for none.'] : []),
    ...(pattern === undefined ? [] : [`It ${pattern.says}.`]),
    ...Object.entries(alsoCalled ?? {}).map(([other, value]) => `\`${other}\` is understood as \`${value}\`.`),
  ];
}
