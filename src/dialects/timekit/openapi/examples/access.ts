import type { Exchange } from './exchange.ts';
import { firm, onePage, stamps } from './firm.ts';

/** Keys and applications. */
export const access: readonly Exchange[] = [
  { call: 'updateOwnResource', body: { email: 'dana@hudson.example' } },
  {
    call: 'getOwnResource',
    answer: {
      data: {
        id: firm.dana,
        name: 'Dana Whitfield',
        first_name: 'Dana',
        last_name: 'Whitfield',
        email: 'dana@hudson.example',
        timezone: 'America/New_York',
        image: null,
        meta: {},
        ...stamps,
      },
    },
  },
  {
    call: 'createCredential',
    body: { resource_id: firm.dana, type: 'server-token', name: 'Back office' },
    answer: {
      data: {
        id: firm.credential,
        type: 'server-token',
        name: 'Back office',
        resource: { id: firm.dana },
        created_at: '2026-06-15T14:00:00-04:00',
        token: firm.serverToken,
        api_token: firm.serverToken,
      },
    },
  },
  {
    call: 'listCredentials',
    query: { search: `resource.id:${firm.dana}` },
    answer: {
      data: [
        {
          id: firm.credential,
          type: 'server-token',
          name: 'Back office',
          resource: { id: firm.dana },
          created_at: '2026-06-15T14:00:00-04:00',
        },
      ],
      ...onePage(1),
    },
  },
  {
    call: 'signIn',
    key: 'none',
    body: { email: 'dana@hudson.example', password: 'correct horse battery 7' },
    answer: {
      data: {
        id: firm.dana,
        name: 'Dana Whitfield',
        first_name: 'Dana',
        last_name: 'Whitfield',
        email: 'dana@hudson.example',
        timezone: 'America/New_York',
        image: null,
        meta: {},
        ...stamps,
        api_token: firm.signedIn,
      },
    },
  },
  {
    call: 'getApp',
    query: { include: 'app_token' },
    answer: {
      data: {
        id: 1,
        slug: 'hudson-booking',
        settings: { name: 'Hudson Booking' },
        test_mode: false,
        role: 'owner',
        creator_resource_id: firm.dana,
        ...stamps,
        app_token: firm.appToken,
      },
    },
  },
  {
    call: 'createApp',
    key: 'server-token',
    body: {
      name: 'Website',
      test_mode: true,
      settings: { theme: 'blue' },
      contact_email: 'office@hudson.example',
      resource_rate_limits: { day: 6, week: 25 },
    },
    answer: {
      data: {
        id: 2,
        slug: 'website',
        settings: {
          name: 'Website',
          theme: 'blue',
          contact_email: 'office@hudson.example',
          resource_rate_limits: { day: 6, week: 25 },
        },
        test_mode: true,
        role: 'owner',
        creator_resource_id: firm.dana,
        ...stamps,
        app_token: firm.websiteToken,
        widget_key: firm.websiteKey,
      },
    },
  },
  {
    call: 'updateApp',
    key: 'server-token',
    params: { slug: 'website' },
    body: { name: 'Company website', customer_rate_limits: { month: 4 } },
  },
  {
    call: 'listApps',
    key: 'server-token',
    answer: {
      data: [
        {
          id: 1,
          slug: 'hudson-booking',
          settings: { name: 'Hudson Booking' },
          test_mode: false,
          role: 'owner',
          creator_resource_id: firm.dana,
          ...stamps,
        },
        {
          id: 2,
          slug: 'website',
          settings: {
            name: 'Company website',
            theme: 'blue',
            contact_email: 'office@hudson.example',
            resource_rate_limits: { day: 6, week: 25 },
            customer_rate_limits: { month: 4 },
          },
          test_mode: true,
          role: 'owner',
          creator_resource_id: firm.dana,
          ...stamps,
        },
      ],
      ...onePage(2),
    },
  },
];
