import type { Definition, Filter } from '../../src/engine/definition.ts';
import type { Row } from '../support/rows.ts';

/** A value of a parameter, and which rows of everything it must keep. */
export interface Case {
  value: string;
  keeps(row: Row): boolean;
}

/** The property that a filter is about, where it is a plain column. */
function propertyOf(definition: Definition, filter: Filter): string | undefined {
  if (!('column' in filter)) return undefined;
  const found = Object.entries(definition.fields).find(([name, field]) => (field.column ?? name) === filter.column);
  return found?.[0];
}

function distinct(rows: readonly Row[], property: string): unknown[] {
  const values = new Set(rows.map((row) => row[property]).filter((value) => value !== '' && value !== 0));
  return [...values].slice(0, 2);
}

/** Good values whose effect follows from the filter's kind and the rows; empty where only the resource knows. */
export function casesOf(definition: Definition, filter: Filter, rows: readonly Row[]): Case[] {
  const property = propertyOf(definition, filter);
  if (property === undefined) return [];
  const of = (row: Row): unknown => row[property];
  switch (filter.kind) {
    case 'ids': {
      const [one, two = one] = distinct(rows, property);
      const named = (row: Row): boolean => of(row) === one || of(row) === two;
      const keeps = (row: Row): boolean => named(row) !== (filter.except === true);
      const cases = [`${one},${two}`, ` ${one} ,, ${two} ,`].map((value) => ({ value, keeps }));
      if (filter.anything !== undefined) cases.push({ value: String(filter.anything), keeps: () => true });
      if (filter.zeroIsNull) cases.push({ value: '0', keeps: (row) => (of(row) === 0) !== (filter.except === true) });
      if (one === undefined) return cases.slice(2);
      const negative = filter.anything === undefined ? '-1' : '-2';
      return [...cases, { value: `2000000000,${negative}`, keeps: () => filter.except === true }];
    }
    case 'integers':
    case 'texts': {
      const [one, two] = distinct(rows, property);
      const keeps = (row: Row): boolean => one !== undefined && (of(row) === one || of(row) === two);
      const value = `${one ?? 0}, ${two ?? one ?? 0}`;
      const cases = one === undefined ? [] : [{ value, keeps }];
      if (filter.kind === 'texts' && filter.folded === true) cases.push({ value: value.toUpperCase(), keeps });
      return cases;
    }
    case 'wildcard': {
      const text = String(distinct(rows, property).at(-1));
      const [start, end] = [text.slice(0, -1), text.slice(1)];
      return [
        { value: text, keeps: (row) => of(row) === text },
        { value: `${start}*`, keeps: (row) => String(of(row)).startsWith(start) },
        { value: `*${end.toUpperCase()}`, keeps: (row) => String(of(row)).endsWith(end) },
        // Without a star in front it begins where the text begins.
        { value: `${end}*`, keeps: (row) => String(of(row)).startsWith(end) },
        { value: end, keeps: (row) => of(row) === end },
        { value: '*', keeps: () => true },
        { value: '%', keeps: () => false },
        { value: text.replace(/.$/, '_'), keeps: () => false },
      ];
    }
    case 'yes-no-both': {
      const [yes, no] = [(row: Row) => of(row) === true, (row: Row) => of(row) === false];
      return [
        ...['yes', 'Yes', 'true', 'True', '1'].map((value) => ({ value, keeps: yes })),
        ...['no', 'false', 'FALSE', '0'].map((value) => ({ value, keeps: no })),
        { value: 'both', keeps: () => true },
      ];
    }
    case 'choice':
      return [
        ...filter.values.map((value) => ({ value, keeps: (row: Row) => of(row) === value })),
        { value: filter.everything, keeps: () => true },
      ];
    case 'day-from':
    case 'day-to': {
      const day = String(rows[Math.floor(rows.length / 2)]?.[property]);
      return [
        { value: day, keeps: (row) => (filter.kind === 'day-from' ? String(of(row)) >= day : String(of(row)) <= day) },
      ];
    }
    case 'since':
    case 'before': {
      const moments = rows.map((row) => String(of(row))).sort();
      const moment = String(moments[Math.floor(moments.length / 2)]);
      const keeps = (row: Row): boolean => String(of(row)) >= moment === (filter.kind === 'since');
      // A plus sign that was not escaped arrives as a blank; fractions and other offsets mean the same moment.
      const elsewhere = Temporal.Instant.from(moment).toZonedDateTimeISO('+05:45').toString({ timeZoneName: 'never' });
      return [moment, moment.replace('+', ' '), moment.replace('+00:00', 'Z'), elsewhere].map((value) => ({
        value,
        keeps,
      }));
    }
    default:
      return [];
  }
}

const badText = ['a\0b'];
const badMoment = ['yesterday', '2026-02-30T00:00:00+00:00', '2026-01-01T25:00:00+00:00', '0', '99999-01-01'];

/** Values that a filter of this kind must refuse. */
export function malformed(filter: Filter): readonly string[] {
  switch (filter.kind) {
    case 'ids':
    case 'ids-sql':
    case 'integers':
      return ['x', '1,x', '1.5', '99999999999', '0x1', '1;2'];
    case 'yes-no-both':
    case 'yes-no-both-sql':
      return ['perhaps', '2'];
    case 'choice':
    case 'choice-sql':
      return ['nonsense', "'"];
    case 'day-from':
    case 'day-to':
      return ['yesterday', '2026-02-30', '13-31-2026', '2026-1-1x', '0000-00-00'];
    case 'since':
    case 'before':
      return badMoment;
    case 'texts':
    case 'texts-sql':
    case 'text-sql':
    case 'wildcard':
      return badText;
    case 'flag':
      return ['perhaps', 'both'];
    case 'show':
      return [];
  }
}
