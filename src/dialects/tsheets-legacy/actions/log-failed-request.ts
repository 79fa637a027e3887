import { redactNote } from '../../../http/redact.ts';
import type { Action } from '../action.ts';
import { required } from '../read.ts';

const longest = 2_000;

/** log_failed_request: writes what a client could not do to the server's log, without secrets. */
export const logFailedRequest: Action = async ({ services, ctx, params }) => {
  const data = required(params, 'data');
  const token = params.get('token') ?? '';
  services.log.event({
    level: 'warn',
    message: 'A client could not carry out a request',
    request: ctx.requestId,
    companyId: ctx.actor.companyId,
    userId: ctx.actor.userId,
    data: redactNote(data.replaceAll(token, '')).slice(0, longest),
  });
  return { message: 'Request logged successfully' };
};
