import { readConfig } from '../config.ts';
import { DomainError } from '../lib/errors.ts';
import { insertFields } from '../resources/customfields/queries.ts';
import { type Command, required, UsageError } from './command.ts';
import { companyNamed } from './lookup.ts';
import { withServices } from './open.ts';

const subjects = { users: 'user', jobcodes: 'jobcode' } as const;
const types = ['free-form', 'managed-list'] as const;
const longestName = 255;

/** Makes a custom field of users or jobcodes; fields of timesheets are made over the API. */
export const customfieldCreate: Command = {
  name: 'customfield create',
  means: 'makes a custom field of users or jobcodes and prints its id',
  options: {
    company: { value: 'COMPANY', means: 'address or id of the company', required: true },
    of: { value: 'KIND', means: Object.keys(subjects).join(', '), required: true },
    name: { value: 'NAME', means: 'such as "Phone Number"', required: true },
    type: { value: 'TYPE', means: `${types.join(', ')} (${types[0]})` },
  },
  async run(given) {
    const [of, name] = [required(given, 'of'), required(given, 'name').trim()];
    const type = types.find((known) => known === (given.type ?? types[0]));
    if (of !== 'users' && of !== 'jobcodes') throw new UsageError('--of must be users or jobcodes.');
    if (type === undefined) throw new UsageError(`--type must be one of ${types.join(', ')}.`);
    if ([...name].length > longestName) throw new UsageError(`--name has at most ${longestName} characters.`);
    return withServices(readConfig(), async (services) => {
      const company = await companyNamed(services, required(given, 'company'));
      const field = { name, appliesTo: subjects[of], type };
      const [id] = await insertFields(services.database.forCompany(company.id), company.id, [field]).catch(
        renamed(name),
      );
      process.stdout.write(`${id}\n`);
      return 0;
    });
  },
};

function renamed(name: string): (error: unknown) => never {
  return (error) => {
    const taken = error instanceof DomainError && error.code === 'constraint:customfields_name';
    throw taken ? new DomainError('conflict', `There is a custom field called ${name} already.`) : error;
  };
}
