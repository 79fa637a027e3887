import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Database } from '../store/db.ts';

const patienceMilliseconds = 2_000;

/** Says whether the process runs (/health/live) and whether it can serve (/health/ready). */
export function answerHealth(app: FastifyInstance, database: Database): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    if (stopping) return reply.code(503).send({ status: 'stopping' });
    const answers = await answersInTime(database);
    return answers ? { status: 'ready' } : reply.code(503).send({ status: 'no database' });
  });
}

async function answersInTime(database: Database): Promise<boolean> {
  const deadline = new AbortController();
  // An empty transaction: it makes the round trip without any SQL here.
  const query = database.system
    .transaction(async () => undefined)
    .then(
      () => true,
      () => false,
    );
  const late = sleep(patienceMilliseconds, false, { signal: deadline.signal, ref: false }).catch(() => false);
  const answers = await Promise.race([query, late]);
  deadline.abort();
  return answers;
}
