import type { Echoes } from '../../engine/candidates.ts';
import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Definition } from '../../engine/definition.ts';
import { fieldOf, layoutOf } from '../../engine/layout.ts';
import type { ItemResult, Outcome } from '../../engine/results.ts';
import { DomainError } from '../../lib/errors.ts';
import type { Cells } from '../../store/db.ts';
import { reasonOf } from './errors.ts';
import {
  deletedId,
  itemExtraOf,
  itemKeys,
  itemReason,
  itemStatusOf,
  itemWriters,
  keySuffixes,
  removalReason,
  sectionOf,
  touchedStatus,
  writtenReason,
} from './quirks.ts';
import { rowWriter, writeField, writeRow } from './row.ts';

/** Objects are written from ordered pairs: JavaScript would sort keys that look like integers. */

/** `{"1":{…},"2":{…}}` out of rows, keyed by id. */
export function rowsById(
  ctx: Ctx,
  definition: Definition,
  rows: readonly Cells[],
  idAt: number,
  shown?: ReadonlySet<string>,
): string {
  const write = rowWriter(definition, ctx.actor, shown);
  const keys = keysOf(definition, rows, idAt);
  let text = '{';
  for (const [index, cells] of rows.entries()) text += `${index === 0 ? '' : ','}"${keys[index]}":${write(cells)}`;
  return `${text}}`;
}

function keysOf(definition: Definition, rows: readonly Cells[], idAt: number): readonly unknown[] {
  const ids = rows.map((cells) => cells[idAt]);
  const suffix = keySuffixes[definition.name];
  if (suffix === undefined) return ids;
  const suffixAt = layoutOf(definition).at(suffix);
  return ids.map((id, index) => (ids.indexOf(id) === index ? id : `${id}_${rows[index]?.[suffixAt]}`));
}

/** The supplemental_data object: sections by resource, rows by id; `first` are entries that no row stands for. */
export function supplementalText(
  ctx: Ctx,
  sections: ReadonlyMap<string, ReadonlyMap<number, Cells>>,
  first: Readonly<Record<string, string>> = {},
): string {
  const parts: string[] = [];
  for (const [name, rows] of sections) {
    const definition = resourceOf(ctx, name);
    const entries = [...rows].map(([id, cells]) => `"${id}":${writeRow(definition, ctx.actor, cells)}`);
    if (first[name] !== undefined) entries.unshift(first[name]);
    if (entries.length === 0) continue;
    parts.push(`"${sectionOf(name)}":{${entries.join(',')}}`);
  }
  return `{${parts.join(',')}}`;
}

/** The results of a POST or PUT, keyed by position from 1 (or as a quirk says). */
export function itemsText(
  ctx: Ctx,
  definition: Definition,
  verb: 'create' | 'update',
  items: readonly unknown[],
  outcome: Outcome,
): string {
  const ids = outcome.items.map((result) => (result.ok ? result.id : undefined));
  const keys = itemKeys(definition.name, verb, items, ids);
  const parts = outcome.items.map(
    (result, index) => `"${keys[index]}":${itemText(ctx, definition, verb, items[index], result)}`,
  );
  return `{${parts.join(',')}}`;
}

function itemText(
  ctx: Ctx,
  definition: Definition,
  verb: 'create' | 'update',
  item: unknown,
  result: ItemResult,
): string {
  if (!result.ok) return failureText(ctx, definition, verb, item, result);
  const status = result.duplicate ? 202 : result.touched ? touchedStatus(definition.name) : 200;
  const message = status === 202 ? 'Accepted' : status === 201 ? 'Fulfilled' : writtenReason(definition.name, verb);
  const row = writeRow(definition, ctx.actor, result.cells);
  const text = itemWriters[definition.name]?.(row) ?? row;
  return `{"_status_code":${status},"_status_message":"${message}",${text.slice(1)}`;
}

function failureText(
  ctx: Ctx,
  definition: Definition,
  verb: 'create' | 'update',
  item: unknown,
  { error, current }: Extract<ItemResult, { ok: false }>,
): string {
  const status = itemStatusOf(definition.name, verb, error);
  const head = {
    _status_code: status,
    _status_message: itemReason(definition.name, status, reasonOf(status)),
    _status_extra: itemExtraOf(definition.name, verb, error),
  };
  const start = JSON.stringify(head).slice(0, -1);
  if (status === 409 && current !== undefined) return `${start},${writeRow(definition, ctx.actor, current).slice(1)}`;
  const echo = JSON.stringify(echoOf(definition, item)).slice(1);
  return echo === '}' ? `${start}}` : `${start},${echo}`;
}

/** What the client sent, without secrets, without statuses of its own, and without an id that is no number. */
function echoOf(definition: Definition, item: unknown): Record<string, unknown> {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) return {};
  const entries = Object.entries(item).filter(([name, value]) => {
    if (name.startsWith('_status')) return false;
    if (name === 'id' && (typeof value === 'object' || !/^\d{1,9}$/.test(String(value)))) return false;
    return fieldOf(definition, name)?.type !== 'secret';
  });
  return Object.fromEntries(entries);
}

/** The results of a DELETE, keyed by id; '' stands for a blank among the ids. */
export function deletedText({ name }: Definition, ids: readonly (number | '')[], outcome: Outcome): string {
  const parts = ids.map((id, index) => {
    const result = outcome.items[index];
    if (result?.ok)
      return `"${id}":{"_status_code":200,"_status_message":"OK, deleted","id":${deletedId(name, id, true)}}`;
    const error = result?.error ?? new DomainError('not-found', 'There is no such id');
    const status = itemStatusOf(name, 'remove', error);
    const head = JSON.stringify({
      _status_code: status,
      _status_message: removalReason(name, reasonOf(status)),
      _status_extra: itemExtraOf(name, 'remove', error),
    });
    return `"${id}":${head.slice(0, -1)},"id":${deletedId(name, id, false)}}`;
  });
  return `{${parts.join(',')}}`;
}

/** Whether a client sends back what it read: helpers of old send whole objects, numbers as texts included. */
export const echoes: Echoes = (definition, name, raw, cells) => {
  const stored = writeField(definition, name, cells);
  return stored !== undefined && same(JSON.parse(stored), raw);
};

function same(stored: unknown, sent: unknown): boolean {
  if (stored === null || typeof stored !== 'object' || sent === null || typeof sent !== 'object') {
    if (typeof sent === 'object') return false;
    if (typeof stored === 'boolean') return /^(true|yes|1)$/i.test(String(sent)) === stored;
    return String(stored) === String(sent);
  }
  const left = Object.entries(stored);
  const right = new Map(Object.entries(sent));
  return left.length === right.size && left.every(([key, value]) => same(value, right.get(key)));
}
