import type { Schema } from '../../../http/openapi/types.ts';
import type { About } from '../openapi/about.ts';
import { searchBy } from '../openapi/parameters.ts';
import { id, listOf, ref } from '../openapi/words.ts';
import { resourceInclude } from '../resources/about.ts';
import { searchKeys } from './handlers.ts';

const tag = 'Projects';
const params: Readonly<Record<string, Schema>> = { id: id('Id of the project.'), resource: id('Id of the resource.') };
const admins = 'Only administrators may.';

export const listProjects: About = {
  name: 'listProjects',
  tag,
  summary: 'List projects',
  query: [
    searchBy(
      'Projects have neither locations nor services here, so that either finds nothing.',
      searchKeys,
      'locations.uuid:5e2f9a37-4c81-4d6b-b93a-0d7c8e1f2b41',
    ),
  ],
  data: listOf(ref('Project')),
  paged: true,
};

export const createProject: About = {
  name: 'createProject',
  tag,
  summary: 'Create a project',
  text: admins,
  body: ref('ProjectInput'),
  data: ref('Project'),
  creates: true,
};

export const getProject: About = { name: 'getProject', tag, summary: 'Get a project', params, data: ref('Project') };

export const updateProject: About = {
  name: 'updateProject',
  tag,
  summary: 'Update a project',
  text: admins,
  params,
  body: ref('ProjectChange'),
};

export const deleteProject: About = {
  name: 'deleteProject',
  tag,
  summary: 'Delete a project',
  text: `Its slug is free again, and its bookings stay. ${admins}`,
  params,
};

export const embedProject: About = {
  name: 'getEmbeddedProject',
  tag,
  summary: 'Get a project for a web page',
  text: 'What the booking widget asks for first, with its widget key.',
  params,
  data: ref('EmbeddedProject'),
};

export const hostedProject: About = {
  name: 'getHostedProject',
  tag,
  summary: 'Get a project by its slug',
  text: 'The same for a page that knows the slug alone.',
  params: { slug: { type: 'string', description: 'Slug of the project.' } },
  data: ref('EmbeddedProject'),
};

export const listProjectResources: About = {
  name: 'listProjectResources',
  tag,
  summary: 'List the resources of a project',
  params,
  include: resourceInclude,
  data: listOf(ref('Resource')),
  paged: true,
};

export const addProjectResource: About = {
  name: 'addProjectResource',
  tag,
  summary: 'Add a resource to a project',
  text: admins,
  params,
  body: ref('ProjectResource'),
  data: ref('Project'),
  creates: true,
};

export const setProjectResources: About = {
  name: 'setProjectResources',
  tag,
  summary: 'Set the resources of a project',
  text: admins,
  params,
  body: ref('ProjectResources'),
};

export const removeProjectResource: About = {
  name: 'removeProjectResource',
  tag,
  summary: 'Remove a resource from a project',
  text: admins,
  params,
};
