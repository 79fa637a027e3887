import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { FastifyInstance } from 'fastify';
import { noted } from './facts.ts';

/** What the server counts about itself, in a registry of its own, so that two apps in one process do not mix. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'openpunch_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['dialect', 'route', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  readonly inFlight = new Gauge({
    name: 'openpunch_http_requests_in_flight',
    help: 'Requests that are being answered.',
    registers: [this.registry],
  });
  readonly rateLimited = new Counter({
    name: 'openpunch_rate_limited_total',
    help: 'Requests refused because their access token made too many.',
    registers: [this.registry],
  });

  readonly jobs = new Histogram({
    name: 'openpunch_job_duration_seconds',
    help: 'Time that a run of a background job took.',
    labelNames: ['job', 'outcome'],
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 10, 30, 60],
    registers: [this.registry],
  });

  readonly messages = new Counter({
    name: 'openpunch_messages_total',
    help: 'Messages to people that were sent, or dropped because they can not reach their person.',
    labelNames: ['method', 'outcome'],
    registers: [this.registry],
  });

  readonly webhooks = new Counter({
    name: 'openpunch_webhook_attempts_total',
    help: 'Attempts to deliver an event to a webhook.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  constructor(waiting: () => number) {
    new Gauge({
      name: 'openpunch_database_waiting',
      help: 'Statements that wait for a free database connection.',
      registers: [this.registry],
      collect() {
        this.set(waiting());
      },
    });
  }
}

/** Times every request and serves GET /metrics. */
export function countRequests(app: FastifyInstance, metrics: Metrics): void {
  collectDefaultMetrics({ register: metrics.registry });
  app.addHook('onRequest', (request, reply, done) => {
    metrics.inFlight.inc();
    // 'close' comes after every answer, also when the client went away before it.
    reply.raw.once('close', () => {
      metrics.inFlight.dec();
      const { method, routeOptions } = request;
      const { dialect = 'none' } = noted(request);
      // Paths that no route answers share one label, so that a scanner can not fill the memory.
      const labels = { dialect, route: routeOptions.url ?? 'none', method, status: String(reply.statusCode) };
      metrics.requests.observe(labels, reply.elapsedTime / 1000);
    });
    done();
  });
  app.get('/metrics', async (_request, reply) => {
    return reply.header('content-type', metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
