/** What the endpoints are that hold no rows. */
export const otherTags: Readonly<Record<string, string>> = {
  oauth:
    'How an application gets an access token for a person: a page on which he signs in and agrees, and tokens in exchange for the code that comes back.',
  current_user: 'The person to whom the access token belongs.',
  invitations: 'Messages that invite people to choose a password.',
  effective_settings: 'The settings that apply to a person: those of the company, of his group and his own.',
  pto_balances: 'How much paid time off people have on a day. An addition of this server.',
  pto_ledger: 'Every change of the paid time off of a person, with the balance after it. An addition of this server.',
  reports: 'Sums of time for payroll and for projects, as JSON or as tables.',
  pay_periods: 'The pay periods of a person. An addition of this server.',
  push_key:
    'The public key with which a browser subscribes to push messages of this server. An addition of this server.',
  events: 'Changes as they happen, as a stream or by the page. An addition of this server.',
  last_modified_timestamps: 'When something of each endpoint was changed last: for clients that keep copies.',
};
