import { everyDoor, personDoors, type Route } from '../route.ts';
import { findTime, findTimeBulk, findTimeTeam } from './findtime.ts';
import { availability, availabilityCounts, availableDates, unavailable } from './handlers.ts';

const model = 'Resource';

export const routes: readonly Route[] = [
  { method: 'POST', path: '/availability', handler: availability, doors: everyDoor, model },
  { method: 'POST', path: '/availability/dates', handler: availableDates, doors: everyDoor, model },
  { method: 'POST', path: '/availability/count', handler: availabilityCounts, doors: everyDoor, model },
  { method: 'POST', path: '/unavailable/slots', handler: unavailable, doors: everyDoor, model },
  { method: 'POST', path: '/findtime', handler: findTime, doors: personDoors, model },
  { method: 'POST', path: '/findtime/team', handler: findTimeTeam, doors: personDoors, model },
  { method: 'POST', path: '/findtime/bulk', handler: findTimeBulk, doors: personDoors, model, list: true },
];
