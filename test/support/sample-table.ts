import assert from 'node:assert/strict';
import { deliver } from '../../src/channels/deliver.ts';
import { manageClient } from '../../src/operations/managed-clients.ts';
import { insertCalendar } from '../../src/resources/schedule-calendars/queries.ts';
import { sql } from '../../src/store/sql.ts';
import { dataUri, pngOf } from './images.ts';
import { pushDevice } from './push-device.ts';
import { type Row, rowsIn } from './rows.ts';
import type { Stage } from './stage.ts';
import type { Person } from './world.ts';

/** Query parameters. */
export type Query = Readonly<Record<string, string | number>>;

/** How the conformance battery makes rows of one resource. */
export interface Sample {
  /** Parameters that list every row, archived ones too. */
  all(stage: Stage): Query;
  /** A valid item, different every time. */
  item?(stage: Stage): Promise<Row>;
  /** A valid item of another variant than `item` makes. */
  other?(stage: Stage): Promise<Row>;
  /** A valid item that belongs to this user, where it takes more than the user's id. */
  itemFor?(stage: Stage, userId: number): Promise<Row>;
  /** An item that is refused. */
  bad?(stage: Stage): Promise<Row>;
  /** A change that every row accepts, different every time. */
  change?(stage: Stage): Row;
  /** Property by which rows are told apart. */
  mark: string;
  /** Values of filters that the battery can not work out by itself, and the rows that they keep. */
  filters?: Readonly<Record<string, { value(stage: Stage): string | number; keeps(row: Row, stage: Stage): boolean }>>;
  /** Too many and too private for a history: its rows have none. */
  keepsNoHistory?: true;
  /** Makes rows where the resource has no POST. */
  make?(stage: Stage, count: number): Promise<void>;
  /** Nobody has more than one row like the sample's, so that the battery needs new people for each. */
  oneEach?: true;
  /** Makes one row that belongs to this person, where a POST by the admin can not; gives its id. */
  makeFor?(stage: Stage, person: Person): Promise<number>;
}

/** The start of the n-th hour of 2025, when a sample's time begins. */
function hour(n: number): string {
  return new Date(Date.UTC(2025, 0, 1, n)).toISOString().replace('.000Z', '+00:00');
}

const timesheet = async (stage: Stage): Promise<Row> => {
  const n = stage.next();
  const [start, end] = [hour(n), hour(n + 1)];
  return {
    user_id: stage.worker.userId,
    jobcode_id: stage.job,
    type: 'regular',
    start,
    end,
    notes: `${stage.word}${n}`,
  };
};

const webhook = (stage: Stage): Row => {
  const n = stage.next();
  return { url: `https://hooks.example.com/${n}`, description: `${stage.word}hook${n}`, resources: 'groups' };
};

/** Something that a webhook was to deliver. */
async function deliveryOf(stage: Stage): Promise<number> {
  const { world, company, admin } = stage;
  const [made] = rowsIn(await admin.post('/webhooks', [webhook(stage)]), 'webhooks');
  const [row] = await world.services.database.forCompany(company.id).rows(sql`
    INSERT INTO webhook_deliveries (company_id, webhook_id, event_id, resource, action, object_id, due, created)
    VALUES (${company.id}, ${Number(made?.id)}, 1, 'groups', 'created', 1, now(), now()) RETURNING id`);
  return Number(row?.[0]);
}

/** Something that was done to the time of a person. */
async function approvalOf({ world, company }: Stage, { userId }: Person): Promise<number> {
  const [row] = await world.services.database.forCompany(company.id).rows(sql`
    INSERT INTO approval_events (company_id, user_id, actor_user_id, action, submitted_from, submitted_to, approved_from,
      approved_to, created)
    VALUES (${company.id}, ${userId}, ${company.admin.userId}, 'submit', '2000-01-01', '2026-06-14', '2000-01-01',
      '2000-01-01', now()) RETURNING id`);
  return Number(row?.[0]);
}

const newClient = async ({ world, company }: Stage): Promise<number> => {
  const { id } = await world.company();
  await manageClient(world.services, { companyId: company.id, clientId: id, active: true });
  return id;
};

const location = (stage: Stage): Row => {
  const n = stage.next();
  return {
    addr1: `${stage.word}street ${n}`,
    city: 'Eagle',
    state: 'ID',
    zip: '83616',
    country: 'US',
    latitude: 43.5 + n / 1_000_000,
    longitude: -116.25,
    active: true,
  };
};

/** Makes locations and gives their ids. */
async function newLocations(stage: Stage, count: number, more: Row = {}): Promise<number[]> {
  const ids: number[] = [];
  for (let left = count; left > 0; left -= 50) {
    const items = Array.from({ length: Math.min(left, 50) }, () => ({ ...location(stage), ...more }));
    ids.push(...rowsIn(await stage.admin.post('/locations', items), 'locations').map(({ id }) => Number(id)));
  }
  return ids;
}

/** A new item of the stage's list. */
async function itemOf({ world, company, listField, word, next }: Stage): Promise<number> {
  const [row] = await world.services.database.forCompany(company.id).rows(sql`
    INSERT INTO customfielditems (company_id, customfield_id, name)
    VALUES (${company.id}, ${listField}, ${`${word}choice${next()}`}) RETURNING id`);
  return Number(row?.[0]);
}

/** Filters one item for each of these. */
async function filterFor(stage: Stage, applies_to: string, ids: readonly number[]): Promise<void> {
  const customfielditem_id = await itemOf(stage);
  for (let from = 0; from < ids.length; from += 50) {
    const items = ids.slice(from, from + 50).map((applies_to_id) => ({
      customfield_id: stage.listField,
      customfielditem_id,
      applies_to,
      applies_to_id,
    }));
    const answer = await stage.admin.post('/customfielditem_filters', items);
    for (const row of rowsIn(answer, 'customfielditem_filters'))
      assert.equal(row._status_code, 200, JSON.stringify(row));
  }
}

const itemFilter = async (stage: Stage): Promise<Row> => ({
  customfield_id: stage.listField,
  customfielditem_id: await itemOf(stage),
  applies_to: 'jobcodes',
  applies_to_id: stage.job,
});

const event = async (stage: Stage): Promise<Row> => {
  const n = stage.next();
  return {
    schedule_calendar_id: stage.calendar,
    start: hour(n),
    end: hour(n + 1),
    assigned_user_ids: [stage.worker.userId],
    jobcode_id: stage.job,
    title: `${stage.word}${n}`,
  };
};

const everyTimesheet = { start_date: '2000-01-01', on_the_clock: 'both' };
const ofWorker = (row: Row, { worker }: Stage): boolean => row.user_id === worker.userId;
const timesheetFilters: NonNullable<Sample['filters']> = {
  jobcode_ids: { value: ({ job }) => job, keeps: (row, { job }) => row.jobcode_id === job },
  group_ids: { value: () => 0, keeps: () => true },
};

const timeOffJobs = new WeakMap<Stage, Promise<number>>();

/** A jobcode of paid time off that everyone may use, one for each stage. */
export function timeOffJob(stage: Stage): Promise<number> {
  const job = timeOffJobs.get(stage) ?? stage.company.jobcode({ name: `${stage.word}leave`, type: 'pto' });
  timeOffJobs.set(stage, job);
  return job;
}

const timeOffRequest = async (stage: Stage, userId = stage.worker.userId): Promise<Row> => {
  const entry = { date: '2026-07-01', entry_method: 'manual', duration: 3600, jobcode_id: await timeOffJob(stage) };
  const note = { note: `${stage.word}${stage.next()}` };
  return { user_id: userId, time_off_request_notes: [note], time_off_request_entries: [entry] };
};

const timeOffRequestIds = new WeakMap<Stage, Map<number, Promise<number>>>();

/** An entry of a request that is made once for each user of a stage. */
const timeOffEntry = async (stage: Stage, userId = stage.worker.userId): Promise<Row> => {
  const known = timeOffRequestIds.get(stage) ?? new Map<number, Promise<number>>();
  timeOffRequestIds.set(stage, known);
  const make = async (): Promise<number> => {
    const answer = await stage.admin.post('/time_off_requests', [await timeOffRequest(stage, userId)]);
    return Number(rowsIn(answer, 'time_off_requests')[0]?.id);
  };
  const request = known.get(userId) ?? make();
  known.set(userId, request);
  const seconds = 60 * stage.next();
  const start = Date.UTC(2026, 6, 2, 12) / 1000;
  const moment = (epoch: number): string => new Date(epoch * 1000).toISOString().replace('.000Z', '+00:00');
  return {
    time_off_request_id: await request,
    entry_method: 'regular',
    start_time: moment(start),
    end_time: moment(start + seconds),
    duration: seconds,
    jobcode_id: await timeOffJob(stage),
  };
};

/** Everybody has one reminder of a type, so the samples need many people: they are made when the first is asked for. */
const remindedPeople = new WeakMap<Stage, { made: Promise<void>; ids: number[] }>();
const mostReminded = 160;

function reminded(stage: Stage): { made: Promise<void>; ids: number[] } {
  const known = remindedPeople.get(stage);
  if (known !== undefined) return known;
  const ids: number[] = [];
  const { company, world, word } = stage;
  const insert = sql`
    INSERT INTO users (company_id, username, first_name, last_name)
    SELECT ${company.id}, ${word} || 'reminded' || n, 'Re', 'Minded' FROM generate_series(1, ${mostReminded}::int) n RETURNING id`;
  const made = world.services.database.forCompany(company.id).rows(insert);
  const people = {
    ids,
    made: made.then((rows) => {
      ids.push(...rows.map(([id]) => Number(id)));
      world.services.cache.forget(company.id);
    }),
  };
  remindedPeople.set(stage, people);
  return people;
}

async function reminder(stage: Stage): Promise<Row> {
  const { made, ids } = reminded(stage);
  await made;
  const n = stage.next();
  return {
    user_id: ids[Math.floor(n / 2) % mostReminded],
    reminder_type: n % 2 === 0 ? 'clock-in' : 'clock-out',
    due_time: timeOfDay(n),
    due_days_of_week: 'Mon,Fri',
    distribution_methods: 'Push,Email',
    active: true,
    enabled: true,
  };
}

/** A time on the grid of five minutes. */
function timeOfDay(n: number): string {
  const minutes = (n * 5) % 1440;
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;
}

const notification = async (stage: Stage): Promise<Row> => ({
  user_id: stage.worker.userId,
  message: `${stage.word}message${stage.next()}`,
  method: 'dashboard',
  precheck: 'off_the_clock',
  delivery_time: '2030-01-01T08:00:00+00:00',
});

/** A project that everyone sees, because he is assigned to it, or that only those do who see all. */
async function projectFor({ company, world, word, next }: Stage, assignedToAll: boolean): Promise<number> {
  const jobcode = await company.jobcode({ name: `${word}open${next()}`, assignedToAll });
  const [row] = await world.services.database.forCompany(company.id).rows(sql`
    INSERT INTO projects (company_id, jobcode_id, name) VALUES (${company.id}, ${jobcode}, 'Open') RETURNING id`);
  return Number(row?.[0]);
}

/** A project that everyone sees, and something that happened on it; both 0 until a row is made. */
interface OpenSite {
  project: number;
  activity: number;
  made?: Promise<void>;
}

const openSites = new WeakMap<Stage, OpenSite>();

function openSiteOf(stage: Stage): OpenSite {
  const site = openSites.get(stage) ?? { project: 0, activity: 0 };
  openSites.set(stage, site);
  return site;
}

/** The same when it is made. */
async function madeSiteOf(stage: Stage): Promise<OpenSite> {
  const { world, company, admin } = stage;
  const site = openSiteOf(stage);
  const make = async (): Promise<void> => {
    site.project = await projectFor(stage, true);
    const [row] = await world.services.database.forCompany(company.id).rows(sql`
      INSERT INTO project_activities (company_id, project_id, user_id, activity_type)
      VALUES (${company.id}, ${site.project}, ${admin.userId}, 'project_update') RETURNING id`);
    site.activity = Number(row?.[0]);
    world.services.cache.forget(company.id);
  };
  site.made ??= make();
  await site.made;
  return site;
}

const estimatesOfStages = new WeakMap<Stage, Promise<number>>();

/** The estimate of the stage's project. */
function estimateOf(stage: Stage): Promise<number> {
  const { world, company, project } = stage;
  const known = estimatesOfStages.get(stage);
  if (known !== undefined) return known;
  const made = world.services.database
    .forCompany(company.id)
    .rows(
      sql`INSERT INTO estimates (company_id, project_id, estimate_by) VALUES (${company.id}, ${project}, 'none') RETURNING id`,
    )
    .then(([row]) => Number(row?.[0]));
  estimatesOfStages.set(stage, made);
  return made;
}

function device(stage: Stage, userId: number): Row {
  const { p256dh, auth } = pushDevice();
  const endpoint = `https://push.example.com/${stage.word}${stage.next()}`;
  return { user_id: userId, endpoint, p256dh, auth, user_agent: 'Sample' };
}

/** Puts something on the dashboard of a person; gives its id. */
async function notify(stage: Stage, { userId }: Person): Promise<number> {
  const { services, clock } = stage.world;
  const { system: db } = services.database;
  const subject = `${stage.word}news${stage.next()}`;
  const message = { userId, method: 'dashboard', subject, text: 'Something happened.', path: '/time' } as const;
  const delivery = { db, now: clock.now(), signal: new AbortController().signal, services };
  assert.equal(await deliver(delivery, stage.company.id, message), 'sent');
  const [row] = await db.rows(sql`
    SELECT max(id) FROM dashboard_messages WHERE company_id = ${stage.company.id} AND subject = ${subject}`);
  return Number(row?.[0]);
}

/** By resource. A definition without a sample fails the battery. */
export const samples: Readonly<Record<string, Sample>> = {
  groups: {
    all: () => ({ active: 'both' }),
    item: async (stage) => ({ name: `${stage.word}group${stage.next()}`, manager_ids: [stage.worker.userId] }),
    bad: async () => ({ name: '' }),
    change: (stage) => ({ name: `${stage.word}renamed${stage.next()}` }),
    mark: 'name',
    filters: {
      manager_ids: {
        value: ({ worker }) => worker.userId,
        keeps: (row, { worker }) => JSON.stringify(row.manager_ids).includes(`"${worker.userId}"`),
      },
    },
  },
  users: {
    all: () => ({ active: 'both' }),
    item: async (stage) => {
      const n = stage.next();
      return {
        username: `${stage.word}user${n}`,
        first_name: `Fi${n}`,
        last_name: `La${n}`,
        employee_number: 1000 + n,
        payroll_id: `${stage.word}p${n}`,
      };
    },
    bad: async (stage) => ({ username: `${stage.word}user${stage.next()}`, first_name: 'No', last_name: '' }),
    change: (stage) => ({ last_name: `${stage.word}last${stage.next()}` }),
    mark: 'username',
  },
  jobcodes: {
    all: () => ({ active: 'both', type: 'all' }),
    item: async (stage) => {
      const n = stage.next();
      return { name: `${stage.word}jobcode${n}`, short_code: `s${n}`, billable: true, billable_rate: n / 4 };
    },
    bad: async (stage) => ({ name: `${stage.word}jobcode${stage.next()}`, short_code: 'not a code!' }),
    change: (stage) => ({ name: `${stage.word}renamed${stage.next()}` }),
    mark: 'name',
  },
  jobcode_assignments: {
    all: () => ({ active: 'both', type: 'all' }),
    item: async (stage) => ({ user_id: stage.worker.userId, jobcode_id: await stage.freeJob() }),
    bad: async (stage) => ({ user_id: stage.worker.userId, jobcode_id: 2_000_000_001 }),
    mark: 'jobcode_id',
    filters: {
      user_ids: {
        value: ({ worker }) => worker.userId,
        keeps: ({ user_id }, { worker }) => user_id === worker.userId || user_id === 0,
      },
      jobcode_parent_id: { value: () => 0, keeps: () => true },
      // Besides the sample's own, everyone has the jobcodes of time off and breaks that a company begins with.
      type: { value: () => 'regular', keeps: (row, { job }) => row.user_id !== 0 || row.jobcode_id === job },
      active_jobcodes: { value: () => 'yes', keeps: () => true },
    },
  },
  customfields: {
    all: () => ({ active: 'both', applies_to: 'all' }),
    // Six fields at most may be active, archived ones are many.
    item: async (stage) => ({ name: `${stage.word}field${stage.next()}`, type: 'free-form', active: false }),
    bad: async (stage) => ({ name: `${stage.word}field${stage.next()}`, type: 'nonsense' }),
    change: (stage) => ({ name: `${stage.word}renamed${stage.next()}` }),
    mark: 'name',
  },
  customfielditems: {
    all: ({ listField }) => ({ active: 'both', customfield_id: listField }),
    item: async (stage) => {
      const n = stage.next();
      return { customfield_id: stage.listField, name: `${stage.word}item${n}`, short_code: `i${n}` };
    },
    bad: async (stage) => ({ customfield_id: stage.listField, name: '' }),
    change: (stage) => ({ name: `${stage.word}renamed${stage.next()}` }),
    mark: 'name',
  },
  customfielditem_filters: {
    all: () => ({ active: 'both' }),
    item: itemFilter,
    other: async (stage) => ({ ...(await itemFilter(stage)), applies_to: 'users', applies_to_id: stage.worker.userId }),
    bad: async (stage) => ({ ...(await itemFilter(stage)), applies_to: 'nonsense' }),
    change: (stage) => ({ applies_to_id: stage.moreJobs[stage.next() % 2], applies_to: 'jobcodes' }),
    mark: 'customfielditem_id',
    filters: {
      jobcode_id: {
        value: ({ job }) => job,
        keeps: (row, { job }) => row.applies_to === 'jobcodes' && row.applies_to_id === job,
      },
      user_id: {
        value: ({ worker }) => worker.userId,
        keeps: (row, { worker }) => row.applies_to === 'users' && row.applies_to_id === worker.userId,
      },
      group_id: { value: () => 2_000_000_000, keeps: () => false },
    },
  },
  customfielditem_jobcode_filters: {
    all: () => ({}),
    mark: 'id',
    make: async (stage, count) => {
      const jobs = await Promise.all(Array.from({ length: count }, () => stage.freeJob()));
      await filterFor(stage, 'jobcodes', jobs);
    },
    makeFor: async (stage) => {
      const job = await stage.freeJob();
      await filterFor(stage, 'jobcodes', [job]);
      return job;
    },
  },
  customfielditem_user_filters: {
    all: () => ({}),
    mark: 'id',
    make: async (stage, count) => {
      const people = await Promise.all(Array.from({ length: count }, () => stage.company.person()));
      await filterFor(
        stage,
        'users',
        people.map(({ userId }) => userId),
      );
    },
    makeFor: async (stage, { userId }) => {
      await filterFor(stage, 'users', [userId]);
      return userId;
    },
    filters: {
      user_id: { value: ({ worker }) => worker.userId, keeps: (row, { worker }) => row.id === worker.userId },
      group_id: { value: () => 2_000_000_000, keeps: () => false },
    },
  },
  projects: {
    all: () => ({ active: 'both' }),
    item: async (stage) => ({
      name: `${stage.word}project${stage.next()}`,
      description: `${stage.word}words${stage.next()}`,
      start_date: '2025-03-04T00:00:00+00:00',
    }),
    bad: async (stage) => ({ name: `${stage.word}project${stage.next()}`, status: 'nonsense' }),
    change: (stage) => ({ description: `${stage.word}words${stage.next()}` }),
    mark: 'description',
    filters: { by_jobcode_assignment: { value: () => 'yes', keeps: () => false } },
  },
  estimates: {
    all: () => ({ active: 'both' }),
    item: async (stage) => ({ project_id: await projectFor(stage, false), estimate_by: 'none' }),
    bad: async (stage) => ({ project_id: await projectFor(stage, false), estimate_by: 'nonsense' }),
    change: () => ({ active: false }),
    mark: 'project_id',
  },
  estimate_items: {
    all: () => ({ active: 'both' }),
    item: async (stage) => ({
      estimate_id: await estimateOf(stage),
      type: 'none',
      estimated_seconds: 3_600 + stage.next(),
    }),
    bad: async (stage) => ({ estimate_id: await estimateOf(stage), type: 'tag_clouds' }),
    change: (stage) => ({ estimated_seconds: 3_600 + stage.next() }),
    mark: 'estimated_seconds',
  },
  project_activity_read_times: {
    all: () => ({}),
    item: async (stage) => ({ project_id: await projectFor(stage, true) }),
    bad: async () => ({ project_id: 2_000_000_001 }),
    makeFor: async (stage, { userId }) => {
      const { world, company } = stage;
      const [row] = await world.services.database.forCompany(company.id).rows(sql`
        INSERT INTO project_activity_read_times (company_id, project_id, user_id, latest_read_time)
        VALUES (${company.id}, ${await projectFor(stage, true)}, ${userId}, now()) RETURNING id`);
      return Number(row?.[0]);
    },
    mark: 'project_id',
    filters: { own: { value: () => 'yes', keeps: () => true } },
  },
  project_activities: {
    all: ({ project }) => ({ project_id: project, active: 'both' }),
    make: async ({ world, company, project, admin }, count) => {
      await world.services.database.forCompany(company.id).rows(sql`
        INSERT INTO project_activities (company_id, project_id, user_id, activity_type)
        SELECT ${company.id}, ${project}, ${admin.userId}, 'project_update' FROM generate_series(1, ${count})`);
    },
    makeFor: async ({ world, company, project, admin }) => {
      const [row] = await world.services.database.forCompany(company.id).rows(sql`
        INSERT INTO project_activities (company_id, project_id, user_id, activity_type)
        VALUES (${company.id}, ${project}, ${admin.userId}, 'project_update') RETURNING id`);
      return Number(row?.[0]);
    },
    change: () => ({ active: false }),
    mark: 'id',
    filters: {
      activity_types: {
        value: () => 'project_update,clock_in',
        keeps: ({ activity_type: type }) => type === 'project_update',
      },
      max_id: { value: () => 2_147_483_647, keeps: () => true },
    },
  },
  timesheets: {
    all: () => everyTimesheet,
    item: timesheet,
    other: async (stage) => ({
      user_id: stage.worker.userId,
      jobcode_id: stage.job,
      type: 'manual',
      date: '2025-03-04',
      duration: 3600,
      notes: `${stage.word}${stage.next()}`,
    }),
    bad: async (stage) => ({ ...(await timesheet(stage)), end: '2024-01-01T00:00:00+00:00' }),
    change: (stage) => ({ notes: `${stage.word}note${stage.next()}` }),
    mark: 'notes',
    filters: {
      ...timesheetFilters,
      payroll_ids: { value: () => 'nobody', keeps: () => false },
      on_the_clock: { value: () => 'no', keeps: (row) => row.on_the_clock === false },
      jobcode_type: { value: () => 'regular', keeps: () => true },
    },
  },
  managed_clients: {
    all: () => ({ active: 'both' }),
    mark: 'company_url',
    make: async (stage, count) => {
      for (let left = count; left > 0; left -= 1) await newClient(stage);
    },
    makeFor: newClient,
  },
  locations: {
    all: () => ({ active: 'both' }),
    item: async (stage) => location(stage),
    bad: async (stage) => ({ ...location(stage), latitude: 91 }),
    change: (stage) => ({ notes: `${stage.word}note${stage.next()}` }),
    mark: 'addr1',
    filters: {
      geocoding_status: { value: () => 'none, error', keeps: () => true },
      // None of them is mapped to a jobcode.
      by_jobcode_assignment: { value: () => 'true', keeps: () => false },
    },
  },
  locations_map: {
    all: () => ({ active: 'both' }),
    mark: 'location_id',
    make: async (stage, count) => {
      await newLocations(stage, count, { linked_objects: { jobcodes: [stage.job] } });
    },
    makeFor: async (stage) => {
      const [made = 0] = await newLocations(stage, 1, { linked_objects: { jobcodes: [stage.job] } });
      const maps = rowsIn(await stage.admin.get('/locations_map'), 'locations_map');
      return Number(maps.find(({ location_id }) => location_id === made)?.id);
    },
    filters: { by_jobcode_assignment: { value: () => 'true', keeps: () => true } },
  },
  geofence_configs: {
    all: () => ({ active: 'both' }),
    item: async (stage) => ({ type_id: (await newLocations(stage, 1))[0], radius: 100 + stage.next(), enabled: true }),
    bad: async (stage) => ({ type_id: (await newLocations(stage, 1))[0], radius: 0 }),
    change: (stage) => ({ radius: 1_000 + stage.next() }),
    mark: 'type_id',
    filters: {
      type: { value: () => 'locations', keeps: () => true },
      by_jobcode_assignment: { value: () => 'true', keeps: () => false },
    },
  },
  geolocations: {
    all: () => ({ modified_since: '2000-01-01' }),
    item: async (stage) => {
      const n = stage.next();
      return {
        user_id: stage.worker.userId,
        created: hour(n),
        accuracy: 20.375,
        altitude: 0,
        latitude: 43.5 + n / 1_000_000,
        longitude: -116.25,
        heading: n % 360,
        device_identifier: `${stage.word}device${n}`,
      };
    },
    bad: async ({ worker }) => ({
      user_id: worker.userId,
      created: hour(0),
      accuracy: 1,
      altitude: 0,
      latitude: 91,
      longitude: 0,
    }),
    mark: 'device_identifier',
    keepsNoHistory: true,
    filters: {
      group_ids: { value: () => 0, keeps: () => true },
      start_date: { value: () => '2025-01-02', keeps: ({ created }) => String(created) >= '2025-01-02' },
      end_date: { value: () => '2025-01-01', keeps: ({ created }) => String(created) < '2025-01-02' },
    },
  },
  schedule_calendars: {
    all: () => ({}),
    mark: 'name',
    make: async ({ world, company, word, next }, count) => {
      const db = world.services.database.forCompany(company.id);
      for (let left = count; left > 0; left -= 1) await insertCalendar(db, company.id, `${word}calendar${next()}`);
      world.services.cache.forget(company.id);
    },
    makeFor: ({ world, company, word, next }) => {
      const db = world.services.database.forCompany(company.id);
      return insertCalendar(db, company.id, `${word}calendar${next()}`);
    },
  },
  schedule_events: {
    all: ({ calendar }) => ({
      schedule_calendar_ids: calendar,
      start: '2000-01-01',
      draft: 'both',
      active_users: -1,
    }),
    item: event,
    bad: async (stage) => ({ ...(await event(stage)), end: '2024-01-01T00:00:00+00:00' }),
    change: (stage) => ({ title: `${stage.word}changed${stage.next()}` }),
    mark: 'title',
    filters: {
      users_ids: { value: ({ worker }) => worker.userId, keeps: ofWorker },
      user_ids: { value: ({ worker }) => worker.userId, keeps: ofWorker },
      active_users: { value: () => 0, keeps: () => false },
      team_events: { value: () => 'base', keeps: () => true },
      end: {
        value: () => '2025-01-01T10:00:00+00:00',
        keeps: ({ end }) => Date.parse(String(end)) <= Date.UTC(2025, 0, 1, 10),
      },
    },
  },
  project_activity_replies: {
    all: (stage) => ({ project_activity_id: openSiteOf(stage).activity, active: 'both' }),
    item: async (stage) => ({
      project_activity_id: (await madeSiteOf(stage)).activity,
      note: `${stage.word}reply${stage.next()}`,
    }),
    bad: async (stage) => ({ project_activity_id: (await madeSiteOf(stage)).activity, note: 'x', mentions: [7] }),
    change: (stage) => ({ note: `${stage.word}reply${stage.next()}` }),
    mark: 'note',
  },
  project_notes: {
    all: (stage) => ({ project_id: openSiteOf(stage).project, active: 'both' }),
    item: async (stage) => ({
      project_id: (await madeSiteOf(stage)).project,
      note: `${stage.word}note${stage.next()}`,
    }),
    bad: async (stage) => ({ project_id: (await madeSiteOf(stage)).project, note: 'x', mentions: [7] }),
    change: (stage) => ({ note: `${stage.word}note${stage.next()}` }),
    mark: 'note',
  },
  payroll_exports: {
    all: () => ({ active: 'both' }),
    mark: 'id',
    make: async ({ world, company, admin }, count) => {
      await world.services.database.forCompany(company.id).rows(sql`
        INSERT INTO payroll_closings (company_id, start_date, end_date, everyone, created_by_user_id)
        SELECT ${company.id}, '2020-01-01', '2020-01-14', false, ${admin.userId} FROM generate_series(1, ${count})`);
    },
    makeFor: async ({ world, company, admin }) => {
      const [row] = await world.services.database.forCompany(company.id).rows(sql`
        INSERT INTO payroll_closings (company_id, start_date, end_date, everyone, created_by_user_id)
        VALUES (${company.id}, '2020-01-01', '2020-01-14', false, ${admin.userId}) RETURNING id`);
      return Number(row?.[0]);
    },
    filters: { user_ids: { value: ({ worker }) => worker.userId, keeps: () => false } },
  },
  timesheets_deleted: {
    all: () => ({ start_date: '2000-01-01' }),
    mark: 'notes',
    make: async (stage, count) => {
      const ids: number[] = [];
      for (let left = count; left > 0; left -= 50) {
        const items = await Promise.all(Array.from({ length: Math.min(left, 50) }, () => timesheet(stage)));
        const rows = rowsIn(await stage.admin.post('/timesheets', items), 'timesheets');
        ids.push(...rows.map(({ id }) => Number(id)));
      }
      const answer = await stage.admin.delete('/timesheets', ids);
      assert.equal(answer.status, 200, answer.text);
    },
    filters: {
      ...timesheetFilters,
      username: { value: ({ worker }) => worker.username, keeps: ofWorker },
      jobcode_type: { value: () => 'regular', keeps: () => true },
    },
  },
  time_off_requests: {
    all: () => ({}),
    item: timeOffRequest,
    itemFor: timeOffRequest,
    bad: async (stage) => ({ ...(await timeOffRequest(stage)), time_off_request_entries: [{ date: '2026-07-01' }] }),
    change: () => ({ status: 'canceled' }),
    mark: 'user_id',
  },
  time_off_request_entries: {
    all: () => ({ start_time: '2000-01-01T00:00:00+00:00' }),
    item: timeOffEntry,
    itemFor: timeOffEntry,
    other: async (stage) => ({
      time_off_request_id: (await timeOffEntry(stage)).time_off_request_id ?? 0,
      entry_method: 'manual',
      date: '2026-07-03',
      duration: 3600,
      jobcode_id: await timeOffJob(stage),
    }),
    bad: async (stage) => ({ ...(await timeOffEntry(stage)), jobcode_id: stage.job }),
    change: () => ({ status: 'canceled' }),
    mark: 'duration',
    filters: {
      date: { value: () => '2026-07-03', keeps: (row) => row.date === '2026-07-03' },
      start_time: {
        value: () => '2026-07-02T12:00:01+00:00',
        keeps: (row) => Date.parse(String(row.start_time)) >= Date.UTC(2026, 6, 2, 12, 0, 1),
      },
      end_time: {
        value: () => '2026-07-02T12:00:00+00:00',
        keeps: (row) => Date.parse(String(row.start_time)) <= Date.UTC(2026, 6, 2, 12),
      },
    },
  },
  reminders: {
    all: (stage) => ({ user_ids: [0, ...reminded(stage).ids, ...stage.people.slice(mostReminded - 199)].join(',') }),
    item: reminder,
    bad: async (stage) => ({ ...(await reminder(stage)), due_time: '08:03:00' }),
    change: (stage) => ({ due_time: timeOfDay(stage.next()) }),
    mark: 'due_time',
    oneEach: true,
    filters: { reminder_types: { value: () => 'clock-in', keeps: (row) => row.reminder_type === 'clock-in' } },
  },
  notifications: {
    all: () => ({ delivery_after: '2000-01-01' }),
    item: notification,
    bad: async (stage) => ({ ...(await notification(stage)), message: 'x'.repeat(2_001) }),
    mark: 'message',
    filters: { delivery_after: { value: () => '2030-01-01T08:00:00+00:00', keeps: () => false } },
  },
  files: {
    all: () => ({ active: 'both', uploaded_by_user_ids: 0 }),
    item: async (stage) => ({
      file_name: `${stage.word}file${stage.next()}.png`,
      file_data: dataUri(pngOf()),
      meta_data: { file_description: `${stage.word}description` },
    }),
    bad: async (stage) => ({
      file_name: `${stage.word}bad${stage.next()}.png`,
      file_data: 'data:image/png;base64,AAAA',
    }),
    change: (stage) => ({ file_name: `${stage.word}renamed${stage.next()}.png` }),
    mark: 'file_name',
    // A file is his who uploads it.
    makeFor: async (stage, person) => {
      const file_name = `${stage.word}file${stage.next()}.png`;
      const [made] = rowsIn(await person.post('/files', [{ file_name, file_data: dataUri(pngOf()) }]), 'files');
      return Number(made?.id);
    },
    filters: {
      // Nothing is attached to anything here.
      linked_object_type: { value: () => 'timesheet', keeps: () => false },
      object_ids: { value: () => 1, keeps: () => false },
    },
  },
  pto_policies: {
    all: () => ({ active: 'both' }),
    item: async (stage) => ({
      name: `${stage.word}policy${stage.next()}`,
      jobcode_id: await timeOffJob(stage),
      method: 'yearly',
      amount: 3600,
      start_date: '2026-01-01',
    }),
    bad: async (stage) => ({ name: 'x', jobcode_id: stage.job, method: 'none', start_date: '2026-01-01' }),
    change: (stage) => ({ name: `${stage.word}policy${stage.next()}` }),
    mark: 'name',
  },
  pto_adjustments: {
    all: () => ({}),
    item: async (stage) => ({
      user_id: stage.worker.userId,
      jobcode_id: await timeOffJob(stage),
      date: '2026-01-01',
      seconds: 3600,
      note: `${stage.word}note${stage.next()}`,
    }),
    bad: async (stage) => ({
      user_id: stage.worker.userId,
      jobcode_id: await timeOffJob(stage),
      date: '2026-01-01',
      seconds: 0,
    }),
    mark: 'note',
  },
  push_subscriptions: {
    all: () => ({}),
    item: async (stage) => device(stage, stage.admin.userId),
    bad: async (stage) => ({ ...device(stage, stage.admin.userId), endpoint: 'http://push.example.com/' }),
    mark: 'endpoint',
    makeFor: async (stage, person) => {
      const answer = await person.post('/push_subscriptions', [device(stage, person.userId)]);
      return Number(rowsIn(answer, 'push_subscriptions')[0]?.id);
    },
    filters: { endpoint: { value: () => 'https://push.example.com/none', keeps: () => false } },
  },
  webhooks: {
    all: () => ({}),
    item: async (stage) => webhook(stage),
    itemFor: async (stage) => webhook(stage),
    bad: async (stage) => ({ ...webhook(stage), url: 'http://hooks.example.com/' }),
    change: (stage) => ({ description: `${stage.word}hook${stage.next()}` }),
    mark: 'description',
    filters: { status: { value: () => 'active', keeps: ({ status }) => status === 'active' } },
  },
  webhook_deliveries: {
    all: () => ({}),
    mark: 'id',
    keepsNoHistory: true,
    make: async (stage, count) => {
      for (let n = 0; n < count; n += 1) await deliveryOf(stage);
    },
    makeFor: deliveryOf,
  },
  dashboard_notifications: {
    all: () => ({}),
    change: () => ({ read: true }),
    mark: 'subject',
    make: async (stage, count) => {
      for (let n = 0; n < count; n += 1) await notify(stage, stage.admin);
    },
    makeFor: notify,
  },
  approvals: {
    all: () => ({}),
    mark: 'id',
    keepsNoHistory: true,
    make: async (stage, count) => {
      for (let n = 0; n < count; n += 1) await approvalOf(stage, stage.worker);
    },
    makeFor: approvalOf,
  },
};
