import { everyDoor, personDoors, type Route } from '../route.ts';
import * as about from './about.ts';
import { findTime, findTimeBulk, findTimeTeam } from './findtime.ts';
import { availability, availabilityCounts, availableDates, unavailable } from './handlers.ts';

const model = 'Resource';
const [doors, notWidget] = [everyDoor, personDoors];

export const routes: readonly Route[] = [
  { method: 'POST', path: '/availability', handler: availability, doors, model, about: about.availability },
  { method: 'POST', path: '/availability/dates', handler: availableDates, doors, model, about: about.availableDates },
  {
    method: 'POST',
    path: '/availability/count',
    handler: availabilityCounts,
    doors,
    model,
    about: about.availabilityCounts,
  },
  { method: 'POST', path: '/unavailable/slots', handler: unavailable, doors, model, about: about.unavailable },
  { method: 'POST', path: '/findtime', handler: findTime, doors: notWidget, model, about: about.findTime },
  { method: 'POST', path: '/findtime/team', handler: findTimeTeam, doors: notWidget, model, about: about.findTimeTeam },
  {
    method: 'POST',
    path: '/findtime/bulk',
    handler: findTimeBulk,
    doors: notWidget,
    model,
    list: true,
    about: about.findTimeBulk,
  },
];
