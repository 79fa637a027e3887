/**
 * What the web app and this server say to each other, below /web. Only types, which the web app imports: nothing here may import
 * anything. Moments are texts in ISO 8601 and UTC, such as 2026-03-09T14:00:00+00:00.
 */

/** The answer of every request that fails: one sentence, and the field of the request at fault. */
export interface Failure {
  readonly error: { readonly message: string; readonly field?: string };
}

/** POST /web/session: who wants to sign in. */
export interface SignIn {
  /** The address of the company: the first part of its name on the web, such as acme. */
  readonly company: string;
  readonly username: string;
  readonly password: string;
}

/** Who is signed in. Whoever must change his password can do nothing but that, and sign out. */
export interface Session {
  readonly company: {
    readonly id: number;
    readonly name: string;
    readonly address: string;
    /** An IANA zone. */
    readonly timeZone: string;
  };
  readonly person: {
    readonly id: number;
    readonly name: string;
    readonly username: string;
    /** Empty when he has none. */
    readonly email: string;
    /** Whether he may see the pages that are for administrators. */
    readonly admin: boolean;
  };
  readonly mustChangePassword: boolean;
  readonly expiresAt: string;
}

/** GET /web/session (null where nobody is signed in), POST /web/session, PUT /web/session/password. */
export interface SessionAnswer {
  readonly session: Session | null;
}

/** PUT /web/session/password. The present password is asked for unless it must be changed. */
export interface PasswordChange {
  readonly password: string;
  readonly currentPassword?: string;
}

/** An application that people of any company may connect over OAuth. */
export interface Application {
  readonly clientId: string;
  readonly name: string;
  /** Empty when there is none. */
  readonly description: string;
  readonly redirectUris: readonly string[];
  /** Switched off, its tokens are refused and nobody can connect it. */
  readonly active: boolean;
  /** People who have connected it. */
  readonly people: number;
  readonly created: string;
  /** When one of its tokens was used last. */
  readonly lastUsed: string | null;
  /** When it was given its present secret. */
  readonly secretCreated: string;
}

/** GET /web/applications. */
export interface Applications {
  readonly applications: readonly Application[];
}

/** POST /web/applications. */
export interface NewApplication {
  readonly name: string;
  readonly description?: string;
  readonly redirectUris: readonly string[];
}

/** PUT /web/applications/:clientId: what is not given stays. */
export interface ApplicationChange {
  readonly name?: string;
  readonly description?: string;
  readonly redirectUris?: readonly string[];
  readonly active?: boolean;
}

/** The answer of PUT /web/applications/:clientId. */
export interface ApplicationAnswer {
  readonly application: Application;
}

/** The answer of POST /web/applications, and of POST /web/applications/:clientId/secret. The secret is told this once. */
export interface ApplicationSecret extends ApplicationAnswer {
  readonly clientSecret: string;
}

/** The APIs that a key of one person opens. */
export type KeyDoor = 'tsheets-rest' | 'tsheets-legacy' | 'timestation';

/** An access token of the TSheets REST API that no application holds, or a key of TimeStation or the legacy API. */
export interface Key {
  /** Names it without giving it away. */
  readonly id: string;
  readonly door: KeyDoor;
  /** What it is for. */
  readonly label: string;
  /** As whom it acts. Once he is archived it is refused. */
  readonly person: { readonly id: number; readonly name: string; readonly active: boolean };
  readonly created: string;
  readonly lastUsed: string | null;
  /** Null when it does not expire. What has expired is listed for 30 days more. */
  readonly expiresAt: string | null;
}

/** GET /web/tokens. */
export interface Tokens {
  readonly tokens: readonly Key[];
}

/** GET /web/keys/timestation, GET /web/keys/legacy. */
export interface Keys {
  readonly keys: readonly Key[];
}

/** POST /web/tokens, /web/keys/timestation and /web/keys/legacy: it acts as whoever makes it. */
export interface NewKey {
  readonly label: string;
  /** 1 to 3650; null or nothing for one that does not expire. */
  readonly expiresInDays?: number | null;
}

/** The answer of POST /web/tokens. The secret is told this once. */
export interface TokenSecret {
  readonly token: Key;
  readonly secret: string;
}

/** The answer of POST /web/keys/timestation and /web/keys/legacy. The secret is told this once. */
export interface KeySecret {
  readonly key: Key;
  readonly secret: string;
}

/** An application that takes bookings, for Timekit's clients. */
export interface BookingApp {
  /** Names it in addresses and in the header Timekit-App; it never changes. */
  readonly slug: string;
  readonly name: string;
  /** In test mode nobody is mailed. */
  readonly testMode: boolean;
  /** Switched off, its keys are refused. */
  readonly active: boolean;
  /** The key that web pages carry; it is no secret. */
  readonly widgetKey: string;
  /** As whom its keys act. */
  readonly owner: { readonly id: number; readonly name: string; readonly active: boolean };
  readonly created: string;
  /** When its app token was used last. */
  readonly lastUsed: string | null;
  /** When it was given its present app token. */
  readonly keysCreated: string;
}

/** GET /web/booking-apps. */
export interface BookingApps {
  readonly bookingApps: readonly BookingApp[];
}

/** POST /web/booking-apps: its keys act as whoever makes it. */
export interface NewBookingApp {
  readonly name: string;
  readonly testMode?: boolean;
}

/** PUT /web/booking-apps/:slug: what is not given stays. */
export interface BookingAppChange {
  readonly name?: string;
  readonly active?: boolean;
}

/** The answer of PUT /web/booking-apps/:slug. */
export interface BookingAppAnswer {
  readonly bookingApp: BookingApp;
}

/** The answer of POST /web/booking-apps and of POST /web/booking-apps/:slug/keys. The app token is told this once. */
export interface BookingAppSecret extends BookingAppAnswer {
  readonly appToken: string;
}

/** POST /web/try-token: which API is to be tried. */
export interface TryTokenRequest {
  readonly door: KeyDoor | 'timekit';
  /** The slug of the application; for Timekit only, and there it is required. */
  readonly bookingApp?: string;
}

/**
 * A token of one hour that acts as whoever asks; the one that he was given before for this API ends. How it is sent: a bearer
 * token for tsheets-rest, the parameter `token` for tsheets-legacy, the user name of Basic for timestation, the password of Basic
 * with an empty user name for timekit.
 */
export interface TryToken {
  readonly token: string;
  readonly expiresAt: string;
  /** For tsheets-legacy: the API key that the token's session was opened with, for the action get_token. */
  readonly apiKey?: string;
}

/** An address that is told of changes. */
export interface Webhook {
  readonly id: number;
  /** The application that it belongs to; empty for the company's own. */
  readonly clientId: string;
  /** Empty when there is none. */
  readonly description: string;
  readonly url: string;
  /** Names of resources of the TSheets REST API; ['*'] for all. */
  readonly resources: readonly string[];
  /** Some of created, updated and deleted; ['*'] for all. */
  readonly actions: readonly string[];
  readonly active: boolean;
  /**
   * 'off' while it is not active. 'paused': nothing could be delivered for days. 'stopped': its person is archived or no administrator
   * any more, or its application was deleted. A change with `active: true` lets it go on, as whoever says so.
   */
  readonly status: 'active' | 'off' | 'paused' | 'stopped';
  /** As whom it acts. */
  readonly userId: number;
  readonly created: string;
}

/** GET /web/webhooks. */
export interface Webhooks {
  readonly webhooks: readonly Webhook[];
}

/** POST /web/webhooks. What is not given is '*', empty or active. */
export interface NewWebhook {
  readonly url: string;
  readonly clientId?: string;
  readonly description?: string;
  readonly resources?: readonly string[];
  readonly actions?: readonly string[];
  readonly active?: boolean;
}

/** PUT /web/webhooks/:id: what is not given stays. */
export type WebhookChange = Partial<Omit<NewWebhook, 'clientId'>>;

/** The answer of PUT /web/webhooks/:id. */
export interface WebhookAnswer {
  readonly webhook: Webhook;
}

/** The answer of POST /web/webhooks and of POST /web/webhooks/:id/secret. The secret is told this once. */
export interface WebhookSecret extends WebhookAnswer {
  readonly secret: string;
}

/** A message that a webhook was to deliver, and what came of it. */
export interface WebhookDelivery {
  readonly id: number;
  /** The header webhook-id. */
  readonly messageId: string;
  readonly eventId: string;
  readonly resource: string;
  readonly action: 'created' | 'updated' | 'deleted';
  readonly objectId: number;
  /** 'failed' when it was given up. */
  readonly status: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly nextAttempt: string | null;
  readonly lastAttempt: string | null;
  /** Null where no answer came. */
  readonly lastStatusCode: number | null;
  /** Why the last attempt failed; empty when it did not. */
  readonly error: string;
  /** Beginning of the last answer. */
  readonly response: string;
  readonly created: string;
}

/** GET /web/webhooks/:id/deliveries: the latest 100, the newest first. */
export interface WebhookDeliveries {
  readonly deliveries: readonly WebhookDelivery[];
}

/** The answer of POST /web/webhooks/:id/deliveries/:deliveryId/replay. */
export interface WebhookDeliveryAnswer {
  readonly delivery: WebhookDelivery;
}
