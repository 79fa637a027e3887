import { may, resourceOf } from '../../../engine/context.ts';
import { idsIn, instantIn, type Params, textOf } from '../../../engine/filters.ts';
import { lookup } from '../../../engine/lookup.ts';
import { DomainError } from '../../../lib/errors.ts';
import { isoUtc } from '../../../lib/time.ts';
import { sections } from '../../../resources/effective-settings/defaults.ts';
import { currentSettings } from '../../../resources/effective-settings/queries.ts';
import { type Handler, queryOf } from '../handlers.ts';
import { paramsOf } from '../read.ts';

/** GET /effective_settings: the settings that apply to one user, by section. Reference: 07-effective-settings.md. */
export const effectiveSettingsHandler: Handler = async (ctx, request) => {
  const params = paramsOf(queryOf(request));
  const [since, before] = [moment(params, 'modified_since'), moment(params, 'modified_before')];
  const userId = idsIn(params, 'user_id').at(-1) ?? ctx.actor.userId;
  const seen = await lookup(ctx, resourceOf(ctx, 'users'), [userId]);
  const settings = seen.has(userId) ? await currentSettings(ctx, userId) : undefined;
  if (settings === undefined)
    throw new DomainError('invalid', `user_id ${userId} does not exist`, {
      field: 'user_id',
      code: 'no-such-reference',
    });
  const shown: Record<string, unknown> = {};
  for (const name of Object.keys(sections)) {
    const values = settings.section(name, may(ctx.actor, 'admin'));
    const changed = settings.lastModified(name);
    if (values === undefined || (since !== undefined && changed < since) || (before !== undefined && changed >= before))
      continue;
    shown[name] = { settings: values, last_modified: isoUtc(changed) };
  }
  return JSON.stringify({ results: { effective_settings: shown } });
};

/** A moment in the form in which PostgreSQL prints one: such texts sort as the moments do. */
function moment(params: Params, name: string): string | undefined {
  const text = textOf(params, name);
  return text === undefined ? undefined : instantIn(name, text);
}
