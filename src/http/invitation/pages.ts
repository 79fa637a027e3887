import type { SignedIn } from '../../operations/sign-in.ts';
import { type Html, html } from '../pages/html.ts';
import { type Problems, page } from '../pages/layout.ts';
import { newPasswordHint, textFields, who } from '../pages/parts.ts';

/** The form in which somebody who was invited chooses a password. */
export function invitationPage(action: string, token: string, user: SignedIn, problems: Problems = {}): Html {
  const text = textFields({}, problems);
  return page(
    'Welcome',
    html`<h1>Welcome to ${user.companyName}</h1>
<p class="lead">Choose a password to track your time with OpenPunch.</p>
${who(user)}
<form method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
<input hidden name="username" autocomplete="username" value="${user.username}">
${text('password', 'Password', 'new-password', { type: 'password', hint: newPasswordHint, focus: true })}
${text('repeat', 'Repeat the password', 'new-password', { type: 'password' })}
<div class="actions"><button>Save the password</button></div>
</form>`,
    { problems },
  );
}

/** Says that it is done, and what to sign in with. */
export function welcomePage(user: SignedIn): Html {
  return page(
    'Your password is saved',
    html`<h1>Your password is saved</h1>
<p class="lead">Sign in to your time tracking app with it, and with these:</p>
<dl class="facts">
<dt>Company address</dt>
<dd>${user.clientUrl}</dd>
<dt>User name</dt>
<dd>${user.username}</dd>
</dl>
<p class="hint">The link in your invitation does not work any more.</p>`,
  );
}

/** Says why a link leads nowhere. */
export function brokenLinkPage(detail: string): Html {
  return page(
    'This invitation does not work',
    html`<h1>This invitation does not work</h1>
<p class="lead">${detail}</p>`,
  );
}
