import { readConfig } from '../config.ts';
import { redactUrl } from '../http/redact.ts';
import { jobs } from '../jobs/index.ts';
import { DomainError } from '../lib/errors.ts';
import { isoLocal } from '../lib/time.ts';
import { countJobs, type DeadJob, deadJobs, dropDeadJob, reviveJobs } from '../store/queue-overview.ts';
import { type Command, required, UsageError } from './command.ts';
import { withServices } from './open.ts';

/** Lists what waits. */
export const jobsCommand: Command = {
  name: 'jobs',
  means: 'lists the background jobs that wait, by name',
  options: {},
  async run() {
    return withServices(readConfig(), async ({ database }) => {
      const counts = new Map((await countJobs(database.system)).map((count) => [count.name, count]));
      const known = new Map(jobs.map((job) => [job.name, job]));
      let dead = 0;
      for (const name of new Set([...known.keys(), ...counts.keys()])) {
        const { waiting = 0, nextDue, dead: given = 0 } = counts.get(name) ?? {};
        const { every, means = 'is a job of another version' } = known.get(name) ?? {};
        dead += given;
        const cells = [
          name.padEnd(24),
          (every === undefined ? `${waiting} waiting` : `every ${every} s`).padEnd(16),
          (nextDue === undefined ? '' : `next ${moment(nextDue)}`).padEnd(30),
          means,
        ];
        say(cells.join('').trimEnd());
      }
      if (dead > 0) say(`${dead} were given up: "openpunch jobs dead" lists them.`);
      return 0;
    });
  },
};

/** Lists what was given up. */
export const jobsDead: Command = {
  name: 'jobs dead',
  means: 'lists the jobs that were given up, with their last error',
  options: {},
  async run() {
    return withServices(readConfig(), async ({ database }) => {
      const dead = await deadJobs(database.system);
      for (const job of dead) say(described(job));
      if (dead.length === 0) say('No job was given up.');
      return 0;
    });
  },
};

/** Lets what was given up be tried again. */
export const jobsRetry: Command = {
  name: 'jobs retry',
  means: 'lets jobs that were given up be tried again',
  options: {},
  operand: { value: 'ID|all', means: 'number of the job as "jobs dead" tells it, or all' },
  async run(given) {
    const id = given.operand === 'all' ? undefined : idOf(required(given, 'operand'));
    return withServices(readConfig(), async ({ database, clock }) => {
      const count = await reviveJobs(database.system, id, clock.now());
      if (id !== undefined && count === 0) throw noSuchJob(id);
      say(count === 1 ? '1 job waits again.' : `${count} jobs wait again.`);
      return 0;
    });
  },
};

/** Deletes what was given up. */
export const jobsDrop: Command = {
  name: 'jobs drop',
  means: 'deletes a job that was given up',
  options: {},
  operand: { value: 'ID', means: 'number of the job as "jobs dead" tells it' },
  async run(given) {
    const id = idOf(required(given, 'operand'));
    return withServices(readConfig(), async ({ database }) => {
      if (!(await dropDeadJob(database.system, id))) throw noSuchJob(id);
      say('The job was deleted.');
      return 0;
    });
  },
};

function described({ id, companyId, name, attempts, lastError, deadAt, payload }: DeadJob): string {
  const owner = companyId === 0 ? 'of the server' : `of company ${companyId}`;
  return [
    `${id}  ${name} ${owner}, given up ${moment(deadAt)} after ${attempts} attempts`,
    `    ${lastError}`,
    `    ${JSON.stringify(payload, shortened)}`,
  ].join('\n');
}

const longestText = 40;

/** Texts of a payload are cut: they can be whole letters, with links that are nobody else's business. */
function shortened(_name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = redactUrl(value);
  return text.length > longestText ? `${text.slice(0, longestText)}\u2026` : text;
}

function idOf(text: string): string {
  if (!/^\d{1,18}$/.test(text)) throw new UsageError('The job must be a number.');
  return text;
}

function noSuchJob(id: string): DomainError {
  return new DomainError('not-found', `No job ${id} was given up.`);
}

function moment(epochSeconds: number): string {
  return `${isoLocal(Math.floor(epochSeconds), 0).slice(0, 19).replace('T', ' ')} UTC`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
