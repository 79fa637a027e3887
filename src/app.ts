import type { FastifyInstance } from 'fastify';
import { descriptions } from './descriptions.ts';
import { badAddress as timekitBadAddress } from './dialects/timekit/errors.ts';
import { timekit } from './dialects/timekit/routes.ts';
import { badAddress as timestationBadAddress } from './dialects/timestation/errors.ts';
import { dailyLimit } from './dialects/timestation/key.ts';
import { timestation } from './dialects/timestation/routes.ts';
import { badAddress as legacyBadAddress } from './dialects/tsheets-legacy/errors.ts';
import { tsheetsLegacy } from './dialects/tsheets-legacy/routes.ts';
import { oauthRoutes } from './dialects/tsheets-rest/oauth/index.ts';
import { tsheetsRest } from './dialects/tsheets-rest/routes.ts';
import { web } from './dialects/web/routes.ts';
import { demandConsistency } from './engine/check-definitions.ts';
import { logRequests } from './http/access-log.ts';
import { readJsonBodies } from './http/bodies.ts';
import { drainOnClose } from './http/drain.ts';
import { answerErrors, answerUnknownPaths } from './http/errors.ts';
import { nameDialect } from './http/facts.ts';
import { answerOptions, setCommonHeaders } from './http/headers.ts';
import { answerHealth } from './http/health.ts';
import { serveInvitation } from './http/invitation/routes.ts';
import { countRequests } from './http/metrics.ts';
import { serveOpenApi } from './http/openapi/routes.ts';
import { answerRequestIds } from './http/request-id.ts';
import { createServer } from './http/server.ts';
import type { Services } from './http/services.ts';
import { serveTestClock } from './http/test-clock.ts';
import { demandHttps } from './http/tls.ts';
import { version } from './http/version.ts';
import { serveWebFiles } from './http/web-files.ts';
import { jobs } from './jobs/index.ts';
import { Runner } from './jobs/runner.ts';
import { resources } from './resources/index.ts';
import { awaitRunning } from './store/queue.ts';

const drainMilliseconds = 10_000;

/** Builds the app with all its doors; it listens to nothing yet. */
export async function buildApp(services: Services): Promise<FastifyInstance> {
  const { config, database, clock, log, metrics } = services;
  demandConsistency(resources);
  const app = createServer(config, log, [legacyBadAddress, timestationBadAddress, timekitBadAddress]);

  // Hooks first: they hold for the routes that come after them.
  answerRequestIds(app);
  setCommonHeaders(app);
  logRequests(app, log);
  countRequests(app, metrics);
  demandHttps(app, config);
  drainOnClose(app, drainMilliseconds);
  answerErrors(app, log);
  answerUnknownPaths(app);
  readJsonBodies(app);

  answerOptions(app);
  answerHealth(app, database);
  serveTestClock(
    app,
    clock,
    async (until, arrive) => {
      const runner = new Runner(services, jobs);
      await runner.keepRepeating();
      await runner.runUntil(until, arrive);
    },
    () => awaitRunning(database.system),
  );
  await serveWebFiles(app, version);
  await serveInvitation(app, services);
  serveOpenApi(app, descriptions, version);
  await app.register(async (oauth) => oauthRoutes(nameDialect(oauth, 'tsheets-rest'), services), { prefix: '/api/v1' });
  await app.register(async (api) => tsheetsRest(nameDialect(api, 'tsheets-rest'), services), { prefix: '/api/v1' });
  await app.register(async (api) => web(nameDialect(api, 'web'), services), { prefix: '/web' });
  const perDay = dailyLimit(config);
  await app.register(async (v1) => timestation(nameDialect(v1, 'timestation'), services, perDay, { created: 200 }), {
    prefix: '/v1',
  });
  await app.register(async (v11) => timestation(nameDialect(v11, 'timestation'), services, perDay, { created: 201 }), {
    prefix: '/v1.1',
  });
  await app.register(async (api) => timekit(nameDialect(api, 'timekit'), services), { prefix: '/v2' });
  await app.register(async (legacy) => tsheetsLegacy(nameDialect(legacy, 'tsheets-legacy'), services));

  await app.ready();
  return app;
}
