import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../../http/identify.ts';
import type { Services } from '../../http/services.ts';
import { DomainError } from '../../lib/errors.ts';
import { noteUse } from '../../operations/legacy-sessions.ts';
import type { Action, Answer } from './action.ts';
import { getBeforeLogIn } from './actions/get.ts';
import { actions } from './actions/index.ts';
import { type OpenCall, openActions, sessionOf } from './authentication.ts';
import { answerFailures, notLoggedInYet, wrongMethod } from './errors.ts';
import { paramsOf, readParams } from './params.ts';
import { required } from './read.ts';
import { sendSuccess } from './write.ts';

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/** The one address of TSheets' legacy API, /api.php. */
export function tsheetsLegacy(app: FastifyInstance, services: Services): void {
  readParams(app);
  answerFailures(app, services.log);
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (!methods.has(request.method)) throw wrongMethod(request.method);
    const params = paramsOf(request);
    const answer = await answerTo({ services, request, params });
    return sendSuccess(reply, params, answer);
  };
  // Whatever stands behind the name of a script is its path, and means nothing here.
  for (const path of ['/api.php', '/api.php/*']) app.all(path, handler);
}

function answerTo(call: OpenCall): Promise<Answer> {
  const name = required(call.params, 'action').toLowerCase();
  const open = Object.hasOwn(openActions, name) ? openActions[name] : undefined;
  if (open !== undefined) return open(call);
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) {
    throw new DomainError('invalid', `There is no action ${name}`, { field: 'action', code: 'unknown-action' });
  }
  return act(name, action, call);
}

async function act(name: string, action: Action, call: OpenCall): Promise<Answer> {
  const { services, request, params } = call;
  const session = await sessionOf(call);
  const { actor } = session;
  if (actor === undefined) {
    const answer = name === 'get' ? getBeforeLogIn(params) : undefined;
    if (answer === undefined) throw notLoggedInYet();
    return answer;
  }
  noteUse(services, session, services.clock.now());
  return action({ services, params, ctx: contextOf(services, request, actor, 'tsheets-legacy') });
}
