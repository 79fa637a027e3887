import type { Schema } from '../../../http/openapi/types.ts';
import type { About } from '../openapi/about.ts';
import { listOf, ref } from '../openapi/words.ts';

const tag = 'Apps';
const params: Readonly<Record<string, Schema>> = { slug: { type: 'string', description: 'Slug of the application.' } };
const admins = 'Only administrators may.';

export const getApp: About = {
  name: 'getApp',
  tag,
  summary: 'Get the app of the key',
  text: 'The application that the key belongs to. `include=app_token` shows the app token to whoever asks with it.',
  include: ['app_token'],
  data: ref('App'),
};

export const listApps: About = {
  name: 'listApps',
  tag,
  summary: 'List apps',
  text: 'All applications of the company for administrators; for others the one of their key.',
  data: listOf(ref('App')),
  paged: true,
};

export const createApp: About = {
  name: 'createApp',
  tag,
  summary: 'Create an app',
  text: `Its keys are in the answer, the app token for the only time. It acts as whoever makes it. ${admins}`,
  body: ref('AppInput'),
  data: ref('NewApp'),
  creates: true,
};

export const updateApp: About = {
  name: 'updateApp',
  tag,
  summary: 'Update an app',
  text: admins,
  params,
  body: ref('AppChange'),
};

export const deleteApp: About = {
  name: 'deleteApp',
  tag,
  summary: 'Delete an app',
  text: `Switches it off: its keys are refused at once. Its bookings stay. ${admins}`,
  params,
};
