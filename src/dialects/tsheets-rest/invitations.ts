import { coerce, isBlank } from '../../engine/coerce.ts';
import type { Field } from '../../engine/definition.ts';
import { mailAddress, phoneNumber } from '../../lib/addresses.ts';
import { DomainError } from '../../lib/errors.ts';
import { type Invitation, invite } from '../../operations/invitations.ts';
import { reasonOf } from './errors.ts';
import type { Handler } from './handlers.ts';
import { itemsOf } from './read.ts';

/** What one item must say. */
export const invitationFields: Readonly<Record<string, Field>> = {
  contact_method: { type: 'choice', mode: 'read-write', values: ['email', 'sms'], says: 'How the user is invited.' },
  contact_info: { type: 'text', mode: 'read-write', says: 'Mail address or mobile number.' },
  user_id: { type: 'integer', mode: 'read-write', least: 1, says: 'Id of the user.' },
};

/** POST /invitations. Reference: 14-invitations.md, whose items answer 201 and 400 and nothing but their status. */
export const createInvitations: Handler = async (ctx, request) => {
  const items = itemsOf(request.body);
  const read = items.map(readInvitation);
  const invitations = read.flatMap((item) => (item instanceof DomainError ? [] : [item]));
  const refusals = (await invite(ctx, invitations)).values();
  const results = read.map((item, index) => {
    const refusal = item instanceof DomainError ? item : refusals.next().value;
    return `"${index + 1}":${JSON.stringify(refusal === undefined ? created : failed(refusal, items[index]))}`;
  });
  return `{"results":{"invites":{${results.join(',')}}}}`;
};

const created = { _status_code: 201, _status_message: 'Created' };

function failed({ detail }: DomainError, item: unknown): object {
  const sent = item !== null && typeof item === 'object' && !Array.isArray(item) ? Object.entries(item) : [];
  const echo = Object.fromEntries(sent.filter(([name]) => Object.hasOwn(invitationFields, name)));
  return { _status_code: 400, _status_message: reasonOf(400), _status_extra: detail, ...echo };
}

function readInvitation(item: unknown): Invitation | DomainError {
  if (item === null || typeof item !== 'object' || Array.isArray(item))
    return new DomainError('invalid', 'Each item of data must be an object');
  const given = Object.entries(item).filter(([, raw]) => !isBlank(raw));
  const blankId = (name: string): boolean => name === 'id' && !given.some(([other]) => other === name);
  const unknown = Object.keys(item).filter((name) => !Object.hasOwn(invitationFields, name) && !blankId(name));
  if (unknown.length > 0) return new DomainError('invalid', `Invalid params: ${unknown.join(',')}`);
  const missing = Object.keys(invitationFields).filter((name) => !given.some(([other]) => other === name));
  if (missing.length > 0) return new DomainError('missing', `Missing required params: ${missing.join(',')}`);
  const values: Record<string, unknown> = {};
  for (const [name, raw] of given) {
    const field = invitationFields[name];
    const value = field === undefined ? raw : coerce(name, field, name === 'contact_info' ? textOf(raw) : raw);
    if (value instanceof DomainError) return value;
    values[name] = value;
  }
  const contactInfo = String(values.contact_info).trim();
  const byMail = values.contact_method === 'email';
  if ((byMail ? mailAddress(contactInfo) : phoneNumber(contactInfo)) === undefined) {
    const what = byMail ? 'an email address such as ada@example.com' : 'a mobile phone number such as 2085551234';
    return new DomainError('invalid', `contact_info must be ${what}`, { field: 'contact_info' });
  }
  return { contactMethod: byMail ? 'email' : 'sms', contactInfo, userId: Number(values.user_id) };
}

/** A phone number may come as a JSON number. */
function textOf(raw: unknown): unknown {
  return typeof raw === 'number' ? String(raw) : raw;
}
