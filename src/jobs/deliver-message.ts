import { deliver } from '../channels/deliver.ts';
import { type Message, messageJob } from '../store/messages.ts';
import type { Job } from './job.ts';

/** Delivers what `sendMessages` was given. */
export const deliverMessage: Job = {
  name: messageJob,
  means: 'delivers one message by mail, push, text message or on the dashboard',
  run: async (run) => void (await deliver(run, run.companyId, run.payload as Message)),
};
