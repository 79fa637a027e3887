import { readConfig } from '../config.ts';
import { type Ctx, resourceOf } from '../engine/context.ts';
import { layoutOf } from '../engine/layout.ts';
import { lookup } from '../engine/lookup.ts';
import { serverCtx } from '../jobs/context.ts';
import { addDays, epochDays, mondayOf } from '../lib/time.ts';
import { payrollOf } from '../reports/payroll/payroll.ts';
import { type Command, required, UsageError } from './command.ts';
import { explainLines } from './explain-lines.ts';
import { companyNamed, userNamed } from './lookup.ts';
import { withServices } from './open.ts';

/** Tells why the time of one person in one week is paid as it is. */
export const explain: Command = {
  name: 'explain',
  means: 'tells why the time of one person in one week is paid as it is',
  options: {
    company: { value: 'COMPANY', means: 'address or id of the company', required: true },
    user: { value: 'USER', means: 'user name or id of the person', required: true },
    week: { value: 'WEEK', means: 'ISO week, Monday to Sunday, such as 2018-W10', required: true },
  },
  async run(given) {
    const week = required(given, 'week');
    const monday = mondayOf(week);
    if (monday === undefined) throw new UsageError('--week must be a week such as 2018-W10.');
    return withServices(readConfig(), async (services) => {
      const company = await companyNamed(services, required(given, 'company'));
      const { userId, name } = await userNamed(services, company, required(given, 'user'));
      const db = services.database.forCompany(company.id);
      const ctx = serverCtx({ db, now: services.clock.now(), services }, company.id, 'explain');
      const from = epochDays(monday);
      const [pay] = await payrollOf(ctx, { userIds: [userId], from, to: from + 6, explain: true });
      const segments = pay?.segments ?? [];
      const jobcodes = await jobcodeNames(
        ctx,
        segments.map(({ sheet }) => sheet.jobcodeId),
      );
      const title = `${name} of ${company.clientUrl}, ${week}: ${monday} to ${addDays(monday, 6)}`;
      for (const line of explainLines(title, segments, jobcodes)) process.stdout.write(`${line}\n`);
      return 0;
    });
  },
};

async function jobcodeNames(ctx: Ctx, ids: readonly number[]): Promise<Map<number, string>> {
  const definition = resourceOf(ctx, 'jobcodes');
  const position = layoutOf(definition).at('name');
  const found = await lookup(ctx, definition, new Set(ids.filter((id) => id > 0)));
  return new Map([...found].map(([id, cells]) => [id, cells[position] ?? '']));
}
