import { KeyPage } from './page.tsx';

const { origin } = window.location;

/** Personal tokens of the REST API. */
export const TokensPage = () => (
  <KeyPage
    kind="tokens"
    usage={(secret) => `curl ${origin}/api/v1/current_user \\\n  -H 'Authorization: Bearer ${secret}'`}
  />
);

/** Keys of TimeStation's API. */
export const TimeStationPage = () => (
  <KeyPage kind="timestation" usage={(secret) => `curl ${origin}/v1/employees \\\n  -u '${secret}:'`} />
);

/** Keys of the legacy API. */
export const LegacyPage = () => (
  <KeyPage
    kind="legacy"
    usage={(secret) =>
      `curl ${origin}/api.php \\\n  -d action=get_token \\\n  -d output_format=json \\\n  -d api_key=${secret}`
    }
  />
);
