import type { SignedIn } from '../../operations/sign-in.ts';
import type { Fields } from './forms.ts';
import { type Html, html } from './html.ts';
import { type Field, field, type Problems } from './layout.ts';

/** What makes a good password (src/rules/new-password.ts). */
export const newPasswordHint = 'At least 10 characters. A few words in a row are easy to remember.';

type WriteField = (name: string, label: string, autocomplete: string, more?: Partial<Field>) => Html;

/** Writes fields with what was given before; a password is never sent back. */
export function textFields(given: Fields, problems: Problems): WriteField {
  return (name, label, autocomplete, more = {}) => {
    const value = more.type === 'password' ? undefined : given[name];
    return field({ name, label, autocomplete, value, ...more }, problems);
  };
}

/** Shows whose account it is about. */
export function who(user: SignedIn): Html {
  const initial = [...user.name.trim()][0]?.toUpperCase() ?? '?';
  return html`<div class="who"><div class="face" aria-hidden="true">${initial}</div>
<p>${user.name}<br><span class="quiet">${user.username} · ${user.companyName}</span></p></div>
`;
}
