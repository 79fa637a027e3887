import { deliverMessage } from './deliver-message.ts';
import type { Job } from './job.ts';

/** Every job, in the order in which operators see them. */
export const jobs: readonly Job[] = [deliverMessage];
