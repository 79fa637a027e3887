import {
  type components,
  createClient,
  createTimekitClient,
  createTimeStationClient,
  type RestClient,
  written,
} from '../../client/src/index.ts';

/** Never runs: what a program that uses the client must be able to say, and must not. */
type Schemas = components['schemas'];
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

function is<T extends true>(): T | undefined {
  return undefined;
}

const server = { baseUrl: 'https://time.example.com' };

export async function lists(api: RestClient): Promise<void> {
  const users = await api.get('/users');
  is<Same<typeof users, Schemas['UserList']>>();
  const some = await api.get('/users', { params: { query: { ids: [1], active: 'both' } } });
  is<Same<typeof some, Schemas['UserList']>>();
  for await (const row of api.rows('/timesheets', { start_date: '2026-01-01', user_ids: [1] })) {
    is<Same<typeof row, Schemas['Timesheet']>>();
  }
  for await (const page of api.pages('/jobcodes')) is<Same<typeof page, Schemas['JobcodeList']>>();
  // @ts-expect-error There is no such list.
  await api.get('/unicorns');
  // @ts-expect-error There is no such filter.
  await api.get('/users', { params: { query: { colour: 'blue' } } });
  // @ts-expect-error One answer is no list of pages.
  api.rows('/effective_settings');
}

export async function writes(): Promise<void> {
  const api = createClient({ ...server, token: async () => 'a token that is renewed now and then' });
  const [group] = written(await api.post('/groups', { body: { data: [{ name: 'Day crew' }] } }));
  is<Same<typeof group, Schemas['CreatedGroup'] | undefined>>();
  await api.delete('/timesheets', { params: { query: { ids: [1, 2] } } });
  // @ts-expect-error A list of ids is needed.
  await api.delete('/timesheets');
  // @ts-expect-error A name is needed.
  await api.post('/groups', { body: { data: [{ active: true }] } });
}

export async function otherApis(): Promise<void> {
  const station = createTimeStationClient({ ...server, key: 'key' });
  const { employee } = await station.post('/employees', { body: { name: 'Angela Martin' } });
  is<Same<typeof employee.employee_id, string>>();
  const timekit = createTimekitClient({ ...server, key: 'key' });
  const { data } = await timekit.get('/bookings/{id}', { params: { path: { id: 'id' } } });
  is<Same<typeof data.id, string>>();
  // @ts-expect-error A booking has an id.
  await timekit.get('/bookings/{id}');
}
