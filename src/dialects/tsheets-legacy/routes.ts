import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerOnce, idempotencyKeyOf } from '../../http/idempotency.ts';
import { contextOf } from '../../http/identify.ts';
import type { Services } from '../../http/services.ts';
import { DomainError } from '../../lib/errors.ts';
import { noteUse } from '../../operations/legacy-sessions.ts';
import type { Entry } from './action.ts';
import { getBeforeLogIn } from './actions/get.ts';
import { actions } from './actions/index.ts';
import { type OpenCall, openActions, sessionOf } from './authentication.ts';
import { answerFailures, notLoggedInYet, wrongMethod } from './errors.ts';
import { paramsOf, readParams } from './params.ts';
import { required } from './read.ts';
import { sendSuccess, successText } from './write.ts';

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/** The one address of TSheets' legacy API, /api.php. */
export function tsheetsLegacy(app: FastifyInstance, services: Services): void {
  readParams(app);
  answerFailures(app, services.log);
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (!methods.has(request.method)) throw wrongMethod(request.method);
    return answerTo({ services, request, params: paramsOf(request) }, reply);
  };
  // Whatever stands behind the name of a script is its path, and means nothing here.
  for (const path of ['/api.php', '/api.php/*']) app.all(path, handler);
}

async function answerTo(call: OpenCall, reply: FastifyReply): Promise<FastifyReply> {
  const name = required(call.params, 'action').toLowerCase();
  const open = Object.hasOwn(openActions, name) ? openActions[name] : undefined;
  if (open !== undefined) return sendSuccess(reply, call.params, await open.run(call));
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) {
    throw new DomainError('invalid', `There is no action ${name}`, { field: 'action', code: 'unknown-action' });
  }
  return act(name, action, call, reply);
}

async function act(name: string, action: Entry, call: OpenCall, reply: FastifyReply): Promise<FastifyReply> {
  const { services, request, params } = call;
  const session = await sessionOf(call);
  const { actor } = session;
  if (actor === undefined) {
    const answer = name === 'get' ? getBeforeLogIn(params) : undefined;
    if (answer === undefined) throw notLoggedInYet();
    return sendSuccess(reply, params, answer);
  }
  noteUse(services, session, services.clock.now());
  const ctx = { ...contextOf(services, request, actor, 'tsheets-legacy'), signIn: session.hash };
  const key = action.said.reads ? undefined : idempotencyKeyOf(request);
  if (key === undefined) return sendSuccess(reply, params, await action.run({ services, params, ctx }));
  // Sent again in another session it is the same request.
  const said = [...params].filter(([param]) => param !== 'token').sort();
  return answerOnce(ctx, reply, { key, said }, async (inside) => {
    const answer = await action.run({ services, params, ctx: inside });
    return { status: 200, ...successText(params, answer) };
  });
}
