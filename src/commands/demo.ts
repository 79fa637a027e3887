import type { Services } from '../http/services.ts';
import { isoLocal } from '../lib/time.ts';
import { anyCompany } from '../resources/companies/exists.ts';
import type { DemoAccess } from './seed/access.ts';
import { seedDemo } from './seed/index.ts';

/** Makes the demo company where the database has no company yet; undefined where it has one. */
export async function demoIfEmpty(services: Services): Promise<DemoAccess | undefined> {
  if (await anyCompany(services.database.system)) return undefined;
  return seedDemo(services, { today: isoLocal(services.clock.now(), 0).slice(0, 10) });
}

/** What is printed for whoever wants to look around. */
export function demoText({ companyUrl, signIns, token }: DemoAccess): string {
  const lines = signIns.map(({ username, password, role }) => `    ${username.padEnd(16)}${password}    ${role}`);
  return [
    'The demo company:',
    `  Company address: ${companyUrl}`,
    '  User name, password:',
    ...lines,
    `  API token: ${token}`,
    '',
  ].join('\n');
}
