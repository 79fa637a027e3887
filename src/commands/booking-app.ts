import { readConfig } from '../config.ts';
import type { Services } from '../http/services.ts';
import { DomainError } from '../lib/errors.ts';
import {
  type BookingApp,
  type BookingAppKeys,
  bookingAppOfSlug,
  bookingAppsOf,
  changeBookingApp,
  createBookingApp,
  rotateBookingAppKeys,
} from '../operations/booking-apps.ts';
import { type Command, type Given, type Option, required } from './command.ts';
import { companyNamed, userNamed } from './lookup.ts';
import { withServices } from './open.ts';

const origin = { via: 'command', requestId: '' };
const app: Option = { value: 'SLUG', means: 'name of the application in addresses', required: true };

function sayKeys({ slug, appToken, widgetKey }: BookingAppKeys): number {
  process.stdout.write(`Slug: ${slug}\nApp token: ${appToken}\nWidget key: ${widgetKey}\n`);
  return 0;
}

async function appNamed(services: Services, given: Given): Promise<BookingApp> {
  const slug = required(given, 'app');
  const found = await bookingAppOfSlug(services, slug);
  if (found === undefined) throw new DomainError('not-found', `There is no active application ${slug}.`);
  return found;
}

/** Makes an application for Timekit's clients. The app token is shown once. */
export const bookingAppCreate: Command = {
  name: 'booking-app create',
  means: 'makes an application that takes bookings; prints its slug, app token and widget key',
  options: {
    company: { value: 'COMPANY', means: 'address or id of the company', required: true },
    user: { value: 'USER', means: 'user name or id of the administrator as whom it acts', required: true },
    name: { value: 'NAME', means: 'what it is called', required: true },
    test: { means: 'a test application, which mails nobody' },
  },
  async run(given) {
    return withServices(readConfig(), async (services) => {
      const company = await companyNamed(services, required(given, 'company'));
      const { userId } = await userNamed(services, company, required(given, 'user'));
      const input = {
        companyId: company.id,
        ownerId: userId,
        name: required(given, 'name'),
        test: given.test !== undefined,
      };
      return sayKeys(await createBookingApp(services, input, origin, services.clock.now()));
    });
  },
};

export const bookingAppList: Command = {
  name: 'booking-app list',
  means: 'lists the applications of a company with their widget keys',
  options: { company: { value: 'COMPANY', means: 'address or id of the company', required: true } },
  async run(given) {
    return withServices(readConfig(), async (services) => {
      const { id } = await companyNamed(services, required(given, 'company'));
      for (const { slug, name, widgetKey } of await bookingAppsOf(services, id)) {
        process.stdout.write(`${slug}\t${name}\t${widgetKey}\n`);
      }
      return 0;
    });
  },
};

export const bookingAppRotate: Command = {
  name: 'booking-app rotate',
  means: 'gives an application another app token and widget key; the old ones are refused at once',
  options: { app },
  async run(given) {
    return withServices(readConfig(), async (services) =>
      sayKeys(await rotateBookingAppKeys(services, await appNamed(services, given), origin, services.clock.now())),
    );
  },
};

export const bookingAppRemove: Command = {
  name: 'booking-app remove',
  means: 'switches an application off, with all its keys and pages',
  options: { app },
  async run(given) {
    return withServices(readConfig(), async (services) => {
      await changeBookingApp(services, await appNamed(services, given), { active: false }, origin);
      return 0;
    });
  },
};
