import { deliver, deliverLetter } from '../channels/deliver.ts';
import { type Letter, letterJob, type Message, messageJob } from '../store/messages.ts';
import type { Job } from './job.ts';

/** Delivers what `sendMessages` was given. */
export const deliverMessage: Job = {
  name: messageJob,
  means: 'delivers one message by mail, push, text message or on the dashboard',
  run: async (run) => void (await deliver(run, run.companyId, run.payload as Message)),
};

/** Delivers what `sendLetters` was given. */
export const deliverLetters: Job = {
  name: letterJob,
  means: 'delivers one mail to somebody who is no user, such as a customer',
  run: async (run) => void (await deliverLetter(run, run.companyId, run.payload as Letter)),
};
