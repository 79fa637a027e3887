import type { FastifyInstance } from 'fastify';
import { answerErrors } from '../../../http/errors.ts';
import { type Fields, takeAnyBody } from '../../../http/pages/forms.ts';
import type { Services } from '../../../http/services.ts';
import { showAuthorize, takeStep } from './authorize.ts';
import { grant } from './grant.ts';
import { errorPage } from './pages.ts';
import { sendPage } from './replies.ts';

const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' };

/**
 * `/authorize` and `/grant`, below the dialect's prefix. They read bodies and answer errors in their own way, and take no
 * access token: register them outside of the scope that demands one. Reference: overview, Authentication.
 */
export function oauthRoutes(app: FastifyInstance, services: Services): void {
  app.register(async (pages) => {
    takeAnyBody(pages);
    answerErrors(pages, services.log, ({ status, detail }, _request, reply) => {
      sendPage(reply, status, errorPage('That did not work', detail), undefined);
      return undefined;
    });
    pages.get('/authorize', (request, reply) => showAuthorize(services, request, reply));
    pages.post('/authorize', (request, reply) => takeStep(services, request, reply));
  });
  app.register(async (grants) => {
    takeAnyBody(grants);
    answerErrors(grants, services.log, ({ status, detail }, _request, reply) => {
      reply.headers(noStore);
      const error = status < 500 ? 'invalid_request' : status === 503 ? 'temporarily_unavailable' : 'server_error';
      return { error, error_description: detail };
    });
    grants.post('/grant', async (request, reply) => {
      const answer = await grant(services, (request.body ?? {}) as Fields, request.headers.authorization);
      if (answer.challenge !== undefined) reply.header('www-authenticate', answer.challenge);
      return reply.code(answer.status).headers(noStore).send(answer.body);
    });
    grants.route({
      method: ['GET', 'PUT', 'PATCH', 'DELETE'],
      url: '/grant',
      handler: (_request, reply) => {
        const body = { error: 'invalid_request', error_description: 'Tokens are granted to POST requests' };
        return reply
          .code(405)
          .headers({ ...noStore, allow: 'POST' })
          .send(body);
      },
    });
  });
}
