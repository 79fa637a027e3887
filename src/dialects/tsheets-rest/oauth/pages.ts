import type { Fields } from '../../../http/pages/forms.ts';
import { type Html, html, type Piece } from '../../../http/pages/html.ts';
import { labelled, type Problems, page } from '../../../http/pages/layout.ts';
import { newPasswordHint, textFields, who } from '../../../http/pages/parts.ts';
import type { SignedIn } from '../../../operations/sign-in.ts';
import type { OAuthApp } from '../../../resources/oauth-apps/queries.ts';
import { zoneGroups } from './zones.ts';

/** Absolute addresses, because one client shows these pages from an origin of its own. */
export interface Addresses {
  /** Where forms are sent. */
  readonly action: string;
  readonly signIn: string;
  readonly signUp: string;
  /** Back to the application without an answer; none when a page can not know it. */
  readonly cancel: string | undefined;
}

function backLink({ cancel }: Addresses, app: OAuthApp): Html | false {
  return cancel !== undefined && html`<a href="${cancel}">Back to ${app.name}</a>`;
}

/** The form for signing in to an existing company. */
export function signInPage(to: Addresses, app: OAuthApp, given: Fields = {}, problems: Problems = {}): Html {
  const text = textFields(given, problems);
  return page(
    'Sign in',
    html`<h1>Sign in</h1>
<p class="lead">to continue to <strong>${app.name}</strong></p>
<form method="post" action="${to.action}">
<input type="hidden" name="step" value="sign-in">
${text('company', 'Company address', 'organization', {
  verbatim: true,
  focus: true,
  hint: 'The short name that your company chose, such as blake-moving.',
})}
${text('username', 'User name', 'username', { verbatim: true })}
${text('password', 'Password', 'current-password', { type: 'password' })}
<div class="actions"><button>Sign in</button></div>
</form>
<p class="links"><a href="${to.signUp}">Create a company</a>${backLink(to, app)}</p>`,
    { problems },
  );
}

/** The form for a new company. Reference: overview, display_mode 'create'. */
export function signUpPage(
  to: Addresses,
  app: OAuthApp,
  zone: string,
  given: Fields = {},
  problems: Problems = {},
): Html {
  const chosen = given.timeZone ?? zone;
  const option = (name: string): Html =>
    html`<option value="${name}"${name === chosen && html` selected`}>${name.replaceAll('_', ' ')}</option>`;
  const groups = zoneGroups().map(([area, names]) => html`<optgroup label="${area}">${names.map(option)}</optgroup>`);
  const select = (described: Piece): Html =>
    html`<select id="timeZone" name="timeZone" required${described}><option value="">Choose…</option>${groups}</select>`;
  const text = textFields(given, problems);
  return page(
    'Create a company',
    html`<h1>Create a company</h1>
<p class="lead">to use with <strong>${app.name}</strong>. You will be its administrator.</p>
<form method="post" action="${to.action}">
<input type="hidden" name="step" value="sign-up">
<fieldset>
<legend>Company</legend>
${text('name', 'Company name', 'organization', { focus: true })}
<div class="pair">
${text('clientUrl', 'Company address', 'off', {
  verbatim: true,
  optional: true,
  hint: 'Everybody signs in with it. Left empty, it is made from the name: Blake Moving gives blake-moving.',
})}
${labelled('timeZone', 'Time zone', undefined, problems, select)}
</div>
</fieldset>
<fieldset>
<legend>You</legend>
<div class="pair">
${text('firstName', 'First name', 'given-name')}
${text('lastName', 'Last name', 'family-name')}
</div>
<div class="pair">
${text('email', 'Email', 'email', { type: 'email' })}
${text('username', 'User name', 'username', {
  verbatim: true,
  optional: true,
  hint: 'Left empty, it is your email.',
})}
</div>
<div class="pair">
${text('password', 'Password', 'new-password', { type: 'password', hint: newPasswordHint })}
${text('repeat', 'Repeat the password', 'new-password', { type: 'password' })}
</div>
</fieldset>
<div class="actions"><button>Create company</button></div>
</form>
<p class="links"><a href="${to.signIn}">Sign in to a company that exists</a>${backLink(to, app)}</p>`,
    { problems, wide: true },
  );
}

/** The question that the user answers: may this application act for you? `news` is what just happened. */
export function consentPage(to: Addresses, app: OAuthApp, user: SignedIn, requestId: string, news?: string): Html {
  return page(
    `Allow ${app.name}?`,
    html`${news !== undefined && html`<div class="box news" role="status"><p>${news}</p></div>`}
<h1>Allow ${app.name} to use OpenPunch as you?</h1>
<p class="lead">${app.description === '' ? 'You are signed in as:' : app.description}</p>
${who(user)}
<h2>If you allow it, ${app.name}</h2>
<ul class="grants">
<li>sees and changes time, people and settings of ${user.companyName}, as far as you may</li>
<li>stays connected until access is revoked</li>
<li class="never">never sees your password</li>
</ul>
<form method="post" action="${to.action}">
<input type="hidden" name="step" value="consent">
<input type="hidden" name="request_id" value="${requestId}">
<div class="actions two">
<button name="answer" value="allow">Allow</button>
<button class="plain" name="answer" value="deny">Don’t allow</button>
</div>
</form>
<p class="links"><a href="${to.signIn}">Use another account</a></p>`,
  );
}

/** The form for users who must choose a new password before they go on. */
export function passwordPage(to: Addresses, user: SignedIn, requestId: string, problems: Problems = {}): Html {
  const text = textFields({}, problems);
  return page(
    'Choose a new password',
    html`<h1>Choose a new password</h1>
<p class="lead">Your company asks you to change your password before you go on.</p>
${who(user)}
<form method="post" action="${to.action}">
<input type="hidden" name="step" value="password">
<input type="hidden" name="request_id" value="${requestId}">
<input hidden name="username" autocomplete="username" value="${user.username}">
${text('password', 'New password', 'new-password', { type: 'password', hint: newPasswordHint, focus: true })}
${text('repeat', 'Repeat the new password', 'new-password', { type: 'password' })}
<div class="actions"><button>Save and continue</button></div>
</form>`,
    { problems },
  );
}

/** Says why it does not go on; `again` leads back to signing in, where that can help. */
export function errorPage(heading: string, detail: string, again?: string): Html {
  const next =
    again === undefined
      ? html`<p>Go back to the application and try again. If it happens again, tell the people who run it.</p>`
      : html`<p class="links"><a href="${again}">Sign in again</a></p>`;
  return page(
    heading,
    html`<h1>${heading}</h1>
<p class="lead">${detail}</p>
${next}`,
  );
}
