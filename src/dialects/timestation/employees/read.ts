import type { Ctx } from '../../../engine/context.ts';
import type { Values } from '../../../engine/definition.ts';
import { isEmployee } from '../../../operations/employees.ts';
import { type Place, whereabouts } from '../../../reports/departments/places.ts';
import { fieldDefinitions } from '../../../resources/customfields/queries.ts';
import { mayLetIn } from '../../../resources/users/authority.ts';
import { type KioskAccess, kioskAccess } from '../../../resources/users/kiosk.ts';
import { staff } from '../../../resources/users/staff.ts';
import type { FieldDefinition } from '../../../rules/customfield-values.ts';
import { shownName } from '../../../rules/person-names.ts';
import { allValues } from '../all-values.ts';
import { idOf } from '../ids.ts';

/** What is known beside the users' own rows, for all of them at once. */
interface Surroundings {
  readonly places: ReadonlyMap<number, Place>;
  readonly access: ReadonlyMap<number, KioskAccess>;
  readonly fields: ReadonlyMap<number, FieldDefinition>;
}

/** All employees that the key's user may see, in the order of their cards. */
export async function allEmployees(ctx: Ctx): Promise<object[]> {
  return employeesShown(ctx, (await allValues(ctx, staff, { active: 'yes' })).filter(isEmployee));
}

/** Employees as they are shown, in the order given. A constant number of statements. */
export async function employeesShown(ctx: Ctx, rows: readonly Values[]): Promise<object[]> {
  const ids = rows.map(({ id }) => Number(id));
  const around = {
    places: await whereabouts(ctx, ids),
    access: await kioskAccess(ctx, ids),
    fields: await fieldDefinitions(ctx, 'user'),
  };
  return rows.map((values) => shown(ctx, values, around));
}

/** What is empty is left out, as in the reference's samples; numbers are texts. */
function shown(ctx: Ctx, values: Values, { places, access, fields }: Surroundings): object {
  const id = Number(values.id);
  const place = places.get(id);
  const { cardNumber = 0, cardCode, pin } = access.get(id) ?? {};
  // Whoever knows these can punch in as the employee.
  const keys = id === ctx.actor.userId || mayLetIn(ctx, values);
  const customFields = customFieldsOf(values, fields);
  return {
    employee_id: idOf('emp', id),
    name: shownName(values),
    ...given('title', values.title),
    ...given('primary_department', place?.primary?.name),
    ...given('primary_department_id', place?.primary && idOf('dpt', place.primary.id)),
    ...given('current_department', place?.current?.name),
    ...given('current_department_id', place?.current && idOf('dpt', place.current.id)),
    status: place?.onTheClock === true ? 'in' : 'out',
    ...given('custom_employee_id', values.payroll_id),
    ...given('hourly_rate', values.pay_interval === 'hour' ? rateOf(values.pay_rate) : ''),
    ...given('pin', keys ? pin : ''),
    card_number: String(cardNumber).padStart(5, '0'),
    ...given('card_qr_code', keys ? cardCode : ''),
    ...(Object.keys(customFields).length > 0 ? { custom_fields: customFields } : {}),
  };
}

function given(name: string, text: unknown): object {
  return typeof text === 'string' && text !== '' ? { [name]: text } : {};
}

/** 15 is '15.00', 15.125 stays what it is; no pay is no text. */
function rateOf(rate: unknown): string {
  if (typeof rate !== 'number' || rate === 0) return '';
  const cents = rate.toFixed(2);
  return Number(cents) === rate ? cents : String(rate);
}

function customFieldsOf({ customfields }: Values, fields: Surroundings['fields']): Readonly<Record<string, string>> {
  if (!(customfields instanceof Map)) return {};
  return Object.fromEntries(
    [...customfields].flatMap(([id, text]) => {
      const field = fields.get(id);
      return field?.active === true && text !== '' ? [[field.name, text]] : [];
    }),
  );
}
