import { DomainError } from '../lib/errors.ts';
import { compileFilter, LONGEST_VALUE } from './regex-filter.ts';

/** A choice of a managed list. */
export type FieldItem = { readonly id: number; readonly name: string; readonly active: boolean };

/** A timesheet custom field as far as its values go. */
export type FieldDefinition = {
  readonly id: number;
  readonly name: string;
  readonly type: 'managed-list' | 'free-form';
  readonly required: boolean;
  /** A regular expression for free-form values; '' allows any. */
  readonly regexFilter: string;
  readonly active: boolean;
  /** False: the field applies only to the jobcodes that it is filtered to. */
  readonly showToAll: boolean;
  /** Whether item filters limit its choices for anybody, or on any jobcode. */
  readonly filtered: boolean;
  /** Choices by name in lower case; empty for free-form fields. */
  readonly items: ReadonlyMap<string, FieldItem>;
};

/** What is known when values are checked. */
export type FieldFacts = {
  /** The company's timesheet fields by id, inactive ones too. */
  readonly fields: ReadonlyMap<number, FieldDefinition>;
  /** Demands the required fields: for a timesheet that is or becomes closed, not for clocking in. */
  readonly enforceRequired: boolean;
  /** Fields with showToAll false that apply to the timesheet's jobcode. None when absent. */
  readonly shownIds?: ReadonlySet<number> | undefined;
  /** What the timesheet has already: sent back unchanged it passes, and it counts for required fields. */
  readonly stored?: ReadonlyMap<number, string> | undefined;
};

/** Checked values: [field id, text] ascending by id; an empty text clears the field. Fields not named stay as they are. */
export type FieldValues = { readonly values: readonly (readonly [id: number, text: string])[] };

function refuse(detail: string): DomainError {
  return new DomainError('invalid', detail, { field: 'customfields' });
}

function title(field: FieldDefinition): string {
  return `custom field ${field.id} (${field.name})`;
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() : undefined;
}

function checkFreeForm(field: FieldDefinition, text: string): DomainError | string {
  if (field.regexFilter === '') return text;
  const matches = compileFilter(field.regexFilter);
  if (matches === undefined) return refuse(`The filter of ${title(field)} is not a usable regular expression.`);
  return matches(text) ? text : refuse(`The value of ${title(field)} does not match its filter.`);
}

function checkItem(field: FieldDefinition, text: string): DomainError | string {
  const item = field.items.get(text.toLowerCase());
  if (item === undefined) return refuse(`"${text}" is not an item of ${title(field)}.`);
  return item.active ? item.name : refuse(`Item ${item.id} ("${item.name}") of ${title(field)} is not active.`);
}

function checkValue(field: FieldDefinition, value: unknown, stored: string | undefined): DomainError | string {
  const text = textOf(value);
  if (text === undefined) return refuse(`The value of ${title(field)} must be a text.`);
  if (text === stored) return text;
  if (!field.active) return refuse(`The ${title(field)} is not active.`);
  if (text === '') return text;
  if (text.length > LONGEST_VALUE) {
    return refuse(`The value of ${title(field)} may not be longer than ${LONGEST_VALUE} characters.`);
  }
  if (text.includes('\0') || !text.isWellFormed()) return refuse(`The value of ${title(field)} is not a valid text.`);
  return field.type === 'managed-list' ? checkItem(field, text) : checkFreeForm(field, text);
}

function missingRequired(values: ReadonlyMap<number, string>, facts: FieldFacts): DomainError | undefined {
  for (const field of facts.fields.values()) {
    const applies = field.active && field.required && (field.showToAll || facts.shownIds?.has(field.id));
    if (applies && !(values.get(field.id) ?? facts.stored?.get(field.id))) {
      return refuse(`The ${title(field)} is required.`);
    }
  }
  return undefined;
}

/**
 * Checks a timesheet's customfields (field id → value, as clients send them) and gives them as they are to be kept: texts,
 * trimmed, numbers turned into text, list items in their own spelling. Refusals ('invalid', field 'customfields') name the
 * field: unknown or inactive, no item of its list, not matching its filter, longer than 255 characters, not a text, or
 * required and empty.
 */
export function checkFieldValues(
  sent: Readonly<Record<string, unknown>>,
  facts: FieldFacts,
): FieldValues | DomainError {
  const values = new Map<number, string>();
  for (const [key, value] of Object.entries(sent)) {
    const field = /^[1-9]\d{0,9}$/.test(key) ? facts.fields.get(Number(key)) : undefined;
    if (field === undefined) return refuse(`There is no custom field ${JSON.stringify(key.slice(0, 40))}.`);
    const text = checkValue(field, value, facts.stored?.get(field.id));
    if (text instanceof DomainError) return text;
    values.set(field.id, text);
  }
  const missing = facts.enforceRequired ? missingRequired(values, facts) : undefined;
  return missing ?? { values: [...values].sort(([a], [b]) => a - b) };
}
