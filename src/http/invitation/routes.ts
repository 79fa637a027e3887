import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../lib/errors.ts';
import { invitationPath, invitedBy, takeInvitation } from '../../operations/invitations.ts';
import { answerErrors } from '../errors.ts';
import { type Fields, fieldsOfForm, takeAnyBody } from '../pages/forms.ts';
import { problemsOf } from '../pages/problems.ts';
import { sendPage } from '../pages/send.ts';
import type { Services } from '../services.ts';
import { brokenLinkPage, invitationPage, welcomePage } from './pages.ts';

/**
 * The page that the link of an invitation leads to. Looking at it uses nothing up, since mail programs look at links, too.
 * Nobody is signed in here: whoever sends the form must know the secret of the link.
 */
export async function serveInvitation(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(async (pages) => {
    takeAnyBody(pages);
    answerErrors(pages, services.log, ({ status, detail }, _request, reply) => {
      sendPage(reply, status, brokenLinkPage(detail));
      return undefined;
    });
    pages.get(invitationPath, (request, reply) => show(services, request, reply));
    pages.post(invitationPath, (request, reply) => take(services, request, reply));
  });
}

async function show(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token = '' } = fieldsOfForm(request.url.split(/\?(.*)/s)[1] ?? '');
  const user = await invitedBy(services, token, services.clock.now());
  return sendPage(reply, 200, invitationPage(pathOf(request), token, user));
}

async function take(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token = '', password = '', repeat = '' } = (request.body ?? {}) as Fields;
  const now = services.clock.now();
  const user = await invitedBy(services, token, now);
  try {
    if (password !== repeat) throw new DomainError('invalid', 'The two passwords differ.', { field: 'repeat' });
    await takeInvitation(services, { token, password, requestId: request.id, now });
  } catch (error) {
    // Somebody else was faster with the same link.
    if (error instanceof DomainError && error.kind === 'not-found') throw error;
    return sendPage(reply, 422, invitationPage(pathOf(request), token, user, problemsOf(error)));
  }
  return sendPage(reply, 200, welcomePage(user));
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? invitationPath;
}
