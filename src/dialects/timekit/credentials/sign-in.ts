import { resourceOf } from '../../../engine/context.ts';
import { valuesById } from '../../../engine/values.ts';
import { DomainError } from '../../../lib/errors.ts';
import { bookingAppOfSlug } from '../../../operations/booking-apps.ts';
import { issuePersonalKey } from '../../../operations/personal-keys.ts';
import { checkPassword } from '../../../operations/sign-in.ts';
import { companyOf } from '../../../resources/companies/queries.ts';
import { loginOf } from '../../../resources/credentials/queries.ts';
import { usersOfEmail } from '../../../resources/resource-profiles/queries.ts';
import type { Handler } from '../call.ts';
import { appNamedBy } from '../identify.ts';
import { resourceObjects } from '../resources/object.ts';
import type { Route } from '../route.ts';
import { Fields } from '../validation.ts';

/** The application into which somebody signs in: the one of the header Timekit-App. */
export const appOfSignIn: NonNullable<Route['open']> = async (services, request) => {
  const slug = appNamedBy(request);
  const app = slug === undefined ? undefined : await bookingAppOfSlug(services, slug);
  if (app === undefined) throw new DomainError('unauthenticated', 'Name the application in the header Timekit-App.');
  return app;
};

/** Gives whoever knows a resource's password a key of his. Reference: (a) Authentication, POST /auth. */
export const signIn: Handler = async (call) => {
  const { services, ctx, app, request } = call;
  const fields = new Fields(call.body);
  const email = fields.text('email', { required: true }) ?? '';
  const password = fields.text('password', { required: true, longest: 1_000 }) ?? '';
  fields.done();
  const { companyId } = app;
  const company = await companyOf(ctx.db, companyId);
  const [known] = await usersOfEmail(ctx.db, companyId, email);
  const login = known === undefined ? undefined : await loginOf(services.database.system, companyId, known);
  const { userId, requirePasswordChange } = await checkPassword(services, {
    companyUrl: company?.clientUrl ?? '',
    // Attempts on emails that nobody has count, too.
    username: login?.username ?? email,
    password,
    address: request.ip,
    now: ctx.now,
  });
  if (requirePasswordChange) {
    const detail = 'The password must be changed first: sign in with a browser to choose a new one.';
    throw new DomainError('forbidden', detail);
  }
  const user = await valuesById(ctx, resourceOf(ctx, 'users'), userId);
  const key = await issuePersonalKey(services, app, { userId, door: 'timekit-server', label: 'Sign-in' }, ctx.now);
  const [data] = await resourceObjects(call, [user]);
  return { data: { ...data, api_token: key } };
};
