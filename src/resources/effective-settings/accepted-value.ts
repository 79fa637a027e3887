import { DomainError } from '../../lib/errors.ts';
import { zoneName } from '../../lib/time.ts';
import { readConstraints } from '../../rules/availability/constraints.ts';
import { ruleSetOf } from '../../rules/pay/rule-set.ts';
import { choicesOf, formOf } from './allowed.ts';
import { defaultOf, type SettingValue } from './defaults.ts';

const longest = 2_000;

/**
 * A value as it is stored: in the type of the setting's default, since clients know each setting as either text or number.
 * null takes a setting back. Throws DomainError for an unknown setting or a value that it can not have.
 */
export function acceptedValue(section: string, key: string, raw: unknown): SettingValue | null {
  const name = `${section}.${key}`;
  const byDefault = defaultOf(section, key);
  if (byDefault === undefined) throw new DomainError('invalid', `There is no setting ${name}`, { field: name });
  if (raw === null) return null;
  const value = typed(byDefault, typeof raw === 'boolean' ? Number(raw) : raw, name);
  if (value === undefined) {
    const kind = typeof byDefault === 'number' ? 'a number' : 'a text';
    throw new DomainError('invalid', `${name} must be ${kind}`, { field: name });
  }
  if (name === 'general.tz') return zone(String(value));
  if (name === 'overtime.rules') return rules(String(value));
  if (name === 'bookings.working_hours') return workingHours(String(value));
  const allowed = choicesOf(section, key);
  if (allowed !== undefined && !allowed.includes(value)) {
    throw new DomainError('invalid', `${name} must be one of ${allowed.join(', ')}`, { field: name });
  }
  const form = formOf(section, key);
  if (form !== undefined && !form.fits(value)) {
    throw new DomainError('invalid', `${name} must be ${form.says}`, { field: name });
  }
  return value;
}

function typed(byDefault: SettingValue, raw: unknown, name: string): SettingValue | undefined {
  if (typeof byDefault === 'number') {
    const number = typeof raw === 'string' && /^-?\d{1,9}(\.\d{1,4})?$/.test(raw) ? Number(raw) : raw;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  }
  if (name === 'mobile_app_integrations.apps' && raw !== null && typeof raw === 'object' && !Array.isArray(raw)) {
    return raw as Readonly<Record<string, unknown>>;
  }
  const text = typeof raw === 'number' ? String(raw) : raw;
  if (typeof text !== 'string' || text.length > longest || text.includes('\0') || !text.isWellFormed())
    return undefined;
  return text;
}

function zone(name: string): string {
  const proper = zoneName(name);
  if (proper === undefined) {
    throw new DomainError('invalid', 'general.tz must be a time zone such as America/Denver', { field: 'general.tz' });
  }
  return proper;
}

/** A rule set as JSON text, or blank for none. Throws DomainError that names what is wrong with the rules. */
function rules(text: string): string {
  const value = jsonIn('overtime.rules', text, 'pay rules');
  if (value === undefined) return '';
  ruleSetOf(value);
  return text;
}

/** A list of constraints as JSON text, or blank for none. Throws DomainError that names the first that is wrong. */
function workingHours(text: string): string {
  const field = 'bookings.working_hours';
  const value = jsonIn(field, text, 'constraints');
  if (value === undefined) return '';
  const [refusal] = readConstraints(value).refusals;
  if (refusal !== undefined) throw new DomainError('invalid', `${field}: ${refusal}`, { field });
  return text;
}

/** The value of a JSON text; undefined for a blank one. */
function jsonIn(field: string, text: string, what: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('invalid', `${field} must be ${what} as JSON, or blank`, { field });
  }
}
