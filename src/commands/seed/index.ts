import { randomBytes, randomUUID } from 'node:crypto';
import type { Services } from '../../http/services.ts';
import { createCompany } from '../../operations/sign-up.ts';
import { issueToken } from '../../operations/tokens.ts';
import type { DemoAccess } from '../demo.ts';

/** Makes the demo company in an empty database: so far its administrator alone. */
export async function seedDemo(services: Services, _options: { today: string }): Promise<DemoAccess> {
  const password = randomBytes(12).toString('base64url');
  const admin = { username: 'demo', firstName: 'Dana', lastName: 'Demo', email: 'dana@example.com', password };
  const input = { name: 'Demo Company', clientUrl: 'demo', timeZone: 'America/Denver', admin };
  const { companyId, userId } = await createCompany(services, input, { via: 'command', requestId: randomUUID() });
  const { demoToken } = services.config;
  const fixed = demoToken === undefined ? {} : { token: demoToken };
  const token = await issueToken(services, { companyId, userId, label: 'demo', ...fixed }, services.clock.now());
  return { companyUrl: 'demo', signIns: [{ username: admin.username, password, role: 'administrator' }], token };
}
