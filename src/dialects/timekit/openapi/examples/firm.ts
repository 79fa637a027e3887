/** What the examples speak of: ids and keys that a server would have made. */
export const firm = {
  dana: '0f6b2c1e-5a47-4d93-8e21-6c0b9f3a7d11',
  hannah: '2c9d4e80-73b1-4f5a-9a16-8d2e5b7f0c12',
  ben: '7b1e6a95-0c3d-4e88-b4f7-1a9c2d6e8f13',
  schedule: 'e1b7c405-8d62-4f39-a5c0-3b9e7d2f6a20',
  courses: 'a4d8f230-9b6c-4517-8c3e-5f7a1b2d9e21',
  lunch: 'c3e7b519-2d40-4a6f-9b85-7e1f3c8a0d31',
  course: 'd58a1c64-6f92-4b3e-a07d-2c4e9b6f1a32',
  inspection: '5e2f9a37-4c81-4d6b-b93a-0d7c8e1f2b41',
  reservation: '91c4d7e2-8a35-4f1b-86d0-3b5e7f9a2c51',
  visit: 'e80b3d46-1f7c-4295-a6b8-9c2d5e4f7a61',
  visitEvent: 'f72a5c98-3e0d-4b64-8d1f-6a9b0c3e5d62',
  check: '1a6e8f03-5b94-4c7d-92e5-d0f3b7a8c463',
  advice: '3d0c7b52-8e16-4fa9-b8d4-5f2a9e6c1764',
  group: '48f1e9a6-7d23-4b05-9c6e-a1d8b3f70565',
  seat: '62b5d0c7-9f48-4e3a-8a17-e6c9f2d40866',
  first: '86e3a1f9-0b57-4d2c-a5e8-b7f4c9d20967',
  second: '97d4b2ea-1c68-4e3d-b6f9-c8a5d0e31a68',
  credential: 'b9c6f318-4e72-4a5d-8f03-7d1e6b2a9c71',
  serverToken: 'live_resource_key_Zk4wq8RtY1mXc7Lb2NfV6sHj0DgPuAe3',
  signedIn: 'live_resource_key_Qe9bTn3vHs5Jw2Kd7YrM1xFz8CgLpUa6',
  websiteToken: 'test_api_key_Xn5cVb8mQw2eRt6yUi9oPa3sDf7gHj1k',
  websiteKey: 'test_widget_key_Lk8jHg4fDs1aPo7iUy3tRe6wQz9xCv2b',
  appToken: 'live_api_key_Tg6bYh2nUj8mIk4lOp1qAz9wSx5eDc7r',
  widgetKey: 'live_widget_key_Rf3vTg7bYh1nUj5mIk9lOp2qAz6wSx8e',
} as const;

/** Everything was made, and changed last, on the same afternoon. */
export const stamps = { created_at: '2026-06-15T14:00:00-04:00', updated_at: '2026-06-15T14:00:00-04:00' } as const;

/** Whom bookings show, and who is offered for a slot. */
export const named = {
  hannah: { id: firm.hannah, name: 'Hannah Lindqvist' },
  ben: { id: firm.ben, name: 'Ben Carter' },
} as const;
export const offered = {
  hannah: { ...named.hannah, timezone: 'America/New_York' },
  ben: { ...named.ben, timezone: 'America/New_York' },
} as const;

/** What Hannah's visit shows of itself. */
export const visitInfo = {
  start: '2026-06-24T08:00:00-04:00',
  end: '2026-06-24T10:00:00-04:00',
  what: 'Home inspection',
  where: 'At your address',
  description: 'Two flats, third floor',
  calendar_id: firm.hannah,
  participants: [],
};

/** The calendar that bookings of somebody go to. */
export function bookingsOf(resource: string): object {
  return {
    id: resource,
    name: 'Bookings',
    description: '',
    foregroundcolor: '',
    backgroundcolor: '',
    provider: 'timekit',
    provider_id: null,
    provider_access: 'owner',
    provider_primary: true,
    provider_sync: false,
    ...stamps,
  };
}

/** What the only page of so many items says of itself. */
export function onePage(count: number): object {
  return {
    total: count,
    per_page: 50,
    current_page: 1,
    last_page: 1,
    next_page_url: null,
    prev_page_url: null,
    from: 1,
    to: count,
  };
}
