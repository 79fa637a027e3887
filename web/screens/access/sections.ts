import {
  AppIcon,
  CalendarIcon,
  ClockIcon,
  HistoryIcon,
  KeyIcon,
  SendIcon,
  StepsIcon,
} from '../../components/icons.tsx';

/** The pages below "API access", in the order of the navigation; their texts are access.<text>.title and .text. */
export const sections = [
  { to: '/api-access/obtain-a-token', text: 'obtain', icon: StepsIcon },
  { to: '/api-access/applications', text: 'applications', icon: AppIcon },
  { to: '/api-access/tokens', text: 'tokens', icon: KeyIcon },
  { to: '/api-access/webhooks', text: 'webhooks', icon: SendIcon },
  { to: '/api-access/timekit-apps', text: 'bookingApps', icon: CalendarIcon },
  { to: '/api-access/timestation-keys', text: 'timestation', icon: ClockIcon },
  { to: '/api-access/legacy-keys', text: 'legacy', icon: HistoryIcon },
] as const;
