import type { Services } from '../http/services.ts';
import { DomainError } from '../lib/errors.ts';
import { type Company, companyOf, findCompany } from '../resources/companies/queries.ts';
import { findLogin, type Login, loginOf } from '../resources/credentials/queries.ts';

const isId = (text: string): boolean => /^\d{1,9}$/.test(text);

/** The company that a command names by its address or its id. Throws DomainError. */
export async function companyNamed({ database }: Services, name: string): Promise<Company> {
  const byAddress = await findCompany(database.system, name);
  const company = byAddress ?? (isId(name) ? await companyOf(database.system, Number(name)) : undefined);
  if (company === undefined) throw new DomainError('not-found', `There is no company with the address or id ${name}.`);
  return company;
}

/** The user of a company whom a command names by user name or id. Throws DomainError. */
export async function userNamed({ database }: Services, company: Company, name: string): Promise<Login> {
  const byName = await findLogin(database.system, company.clientUrl, name);
  const user = byName ?? (isId(name) ? await loginOf(database.system, company.id, Number(name)) : undefined);
  if (user === undefined) {
    throw new DomainError('not-found', `There is no user with the name or id ${name} in ${company.clientUrl}.`);
  }
  return user;
}
