import { everyDoor, type Route } from '../route.ts';
import * as projects from './handlers.ts';

const model = 'Project';

export const routes: readonly Route[] = [
  { method: 'GET', path: '/projects', handler: projects.listProjects, model },
  { method: 'POST', path: '/projects', handler: projects.postProject, model },
  { method: 'GET', path: '/projects/embed/:id', handler: projects.embedProject, model, doors: everyDoor },
  { method: 'GET', path: '/projects/hosted/:slug', handler: projects.hostedProject, model, open: projects.appOfPage },
  { method: 'GET', path: '/projects/:id', handler: projects.getProject, model },
  { method: 'PUT', path: '/projects/:id', handler: projects.putProject, model },
  { method: 'DELETE', path: '/projects/:id', handler: projects.deleteProject, model },
  { method: 'GET', path: '/projects/:id/resources', handler: projects.listProjectResources, model },
  { method: 'POST', path: '/projects/:id/resources', handler: projects.addProjectResource, model },
  { method: 'PUT', path: '/projects/:id/resources', handler: projects.setProjectResources, model, list: true },
  { method: 'DELETE', path: '/projects/:id/resources/:resource', handler: projects.removeProjectResource, model },
];
