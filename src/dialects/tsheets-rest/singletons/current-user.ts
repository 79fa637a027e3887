import { completed } from '../../../engine/complete.ts';
import { resourceOf } from '../../../engine/context.ts';
import { loadByIds, supplement } from '../../../engine/lookup.ts';
import { type Handler, queryOf } from '../handlers.ts';
import { paramsOf, supplementalWanted } from '../read.ts';
import { writeRow } from '../row.ts';
import { supplementalText } from '../write.ts';

/** GET /current_user: the user that the access token belongs to, in the shape of a list of one. Reference: 01-current-user.md. */
export const currentUser: Handler = async (ctx, request) => {
  const wanted = supplementalWanted(paramsOf(queryOf(request)));
  const users = resourceOf(ctx, 'users');
  const { userId } = ctx.actor;
  const rows = await completed(ctx, users, [...(await loadByIds(ctx, users, [userId])).values()]);
  const entries = rows.map((cells) => `"${userId}":${writeRow(users, ctx.actor, cells)}`);
  const supplemental = wanted
    ? `,"supplemental_data":${supplementalText(ctx, await supplement(ctx, users, rows))}`
    : '';
  return `{"results":{"users":{${entries.join()}}},"more":false${supplemental}}`;
};
