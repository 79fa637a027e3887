import { readConfig } from '../config.ts';
import { type Requirer, requireFields, requirers } from '../resources/customfields/dependencies.ts';
import { type Command, required, UsageError } from './command.ts';
import { companyNamed } from './lookup.ts';
import { withServices } from './open.ts';

/** Sets which custom fields show with a jobcode, a custom field or an item. */
export const customfieldRequire: Command = {
  name: 'customfield require',
  means: 'sets which custom fields show with a jobcode, a custom field or an item',
  options: {
    company: { value: 'COMPANY', means: 'address or id of the company', required: true },
    with: { value: 'KIND', means: `${requirers.join(', ')}`, required: true },
    id: { value: 'ID', means: 'id of the jobcode, field or item', required: true },
    fields: { value: 'IDS', means: 'ids of the custom fields to show with it, or none', required: true },
  },
  async run(given) {
    const kind = required(given, 'with') as Requirer;
    const [id, list] = [required(given, 'id'), required(given, 'fields')];
    if (!requirers.includes(kind)) throw new UsageError(`--with must be one of ${requirers.join(', ')}.`);
    if (!/^\d{1,9}$/.test(id)) throw new UsageError('--id must be a number.');
    if (!/^(none|\d{1,9}(,\d{1,9})*)$/.test(list)) throw new UsageError('--fields must be ids such as 12,15, or none.');
    const fields = list === 'none' ? [] : list.split(',').map(Number);
    return withServices(readConfig(), async (services) => {
      const company = await companyNamed(services, required(given, 'company'));
      await requireFields(services.database.forCompany(company.id), company.id, kind, Number(id), fields);
      return 0;
    });
  },
};
