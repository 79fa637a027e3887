/** How to get into the demo company. */
export interface DemoAccess {
  /** The company's address at sign-in. */
  readonly companyUrl: string;
  readonly signIns: readonly { readonly username: string; readonly password: string; readonly role: string }[];
  /** An API token of the demo's administrator: the one of the configuration, or a random one. */
  readonly token: string;
}
