import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into the server that is measured: tells at BENCH_DELAY_PORT for how many milliseconds the event loop stood still
 * at most since it was asked last.
 */
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

createServer((_request, response) => {
  response.end(JSON.stringify({ longest: delay.max / 1e6 }));
  delay.reset();
})
  .listen(Number(process.env.BENCH_DELAY_PORT), '127.0.0.1')
  .unref();
