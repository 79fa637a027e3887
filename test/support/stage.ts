import { insertFields } from '../../src/resources/customfields/queries.ts';
import { sql } from '../../src/store/sql.ts';
import type { Company, Person, World } from './world.ts';

/** A company with all that the samples of its resources refer to. */
export interface Stage {
  world: World;
  company: Company;
  admin: Person;
  /** Tracks time and has no permission besides. */
  worker: Person;
  /** A jobcode that everyone may use. */
  job: number;
  /** A project on a jobcode of its own that nobody is assigned to. */
  project: number;
  /** The calendar that the company began with. */
  calendar: number;
  /** A custom field of timesheets with a managed list, and one with free text. */
  listField: number;
  textField: number;
  /** Jobcodes that nobody is assigned, for references that move from one to another. */
  moreJobs: readonly number[];
  /** A number that was never given before, for names and times that must differ. */
  next(): number;
  /** A word that no other stage uses, in every name that is made here. */
  word: string;
  /** A jobcode for which no assignment exists. */
  freeJob(): Promise<number>;
  /** Ids of the people that were made one by one, the latest last. */
  people: readonly number[];
}

let stages = 0;

/** Sets up a company in a world. */
export async function openStage(world: World): Promise<Stage> {
  const made = await world.company();
  const people: number[] = [];
  const company: Company = {
    ...made,
    person: async (options) => {
      const person = await made.person(options);
      people.push(person.userId);
      return person;
    },
  };
  stages += 1;
  const word = `Zq${company.id}x${stages}x`;
  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  const worker = await company.person({ permissions: ['manage_my_timesheets'] });
  const job = await company.jobcode({ name: `${word}job` });
  const [calendarRow] = await world.services.database
    .forCompany(company.id)
    .rows(sql`SELECT id FROM schedule_calendars WHERE company_id = ${company.id}`);
  const calendar = Number(calendarRow?.[0]);
  const fields = await insertFields(world.services.database.forCompany(company.id), company.id, [
    { name: `${word}list`, appliesTo: 'timesheet', type: 'managed-list', shortCode: 'list' },
    { name: `${word}text`, appliesTo: 'timesheet', type: 'free-form', shortCode: 'text' },
  ]);
  const site = await company.jobcode({ name: `${word}site`, assignedToAll: false });
  const [row] = await world.services.database.forCompany(company.id).rows(sql`
    INSERT INTO projects (company_id, jobcode_id, name) VALUES (${company.id}, ${site}, ${`${word}site`}) RETURNING id`);
  const project = Number(row?.[0]);
  world.services.cache.forget(company.id);
  const [listField = 0, textField = 0] = fields;
  const moreJobs = [
    await company.jobcode({ name: `${word}more1`, assignedToAll: false }),
    await company.jobcode({ name: `${word}more2`, assignedToAll: false }),
  ];
  const freeJob = (): Promise<number> => company.jobcode({ name: `${word}free${next()}`, assignedToAll: false });
  return {
    world,
    company,
    admin: company.admin,
    worker,
    job,
    project,
    calendar,
    listField,
    textField,
    moreJobs,
    next,
    word,
    freeJob,
    people,
  };
}
