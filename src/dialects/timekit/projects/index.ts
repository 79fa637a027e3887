import { everyDoor, type Route } from '../route.ts';
import * as about from './about.ts';
import * as projects from './handlers.ts';

const model = 'Project';

export const routes: readonly Route[] = [
  { method: 'GET', path: '/projects', handler: projects.listProjects, model, about: about.listProjects },
  { method: 'POST', path: '/projects', handler: projects.postProject, model, about: about.createProject },
  {
    method: 'GET',
    path: '/projects/embed/:id',
    handler: projects.embedProject,
    model,
    doors: everyDoor,
    about: about.embedProject,
  },
  {
    method: 'GET',
    path: '/projects/hosted/:slug',
    handler: projects.hostedProject,
    model,
    open: projects.appOfPage,
    about: about.hostedProject,
  },
  { method: 'GET', path: '/projects/:id', handler: projects.getProject, model, about: about.getProject },
  { method: 'PUT', path: '/projects/:id', handler: projects.putProject, model, about: about.updateProject },
  { method: 'DELETE', path: '/projects/:id', handler: projects.deleteProject, model, about: about.deleteProject },
  {
    method: 'GET',
    path: '/projects/:id/resources',
    handler: projects.listProjectResources,
    model,
    about: about.listProjectResources,
  },
  {
    method: 'POST',
    path: '/projects/:id/resources',
    handler: projects.addProjectResource,
    model,
    about: about.addProjectResource,
  },
  {
    method: 'PUT',
    path: '/projects/:id/resources',
    handler: projects.setProjectResources,
    model,
    list: true,
    about: about.setProjectResources,
  },
  {
    method: 'DELETE',
    path: '/projects/:id/resources/:resource',
    handler: projects.removeProjectResource,
    model,
    about: about.removeProjectResource,
  },
];
