import type { About } from '../openapi/about.ts';
import { firm } from '../openapi/examples/firm.ts';
import { searchBy } from '../openapi/parameters.ts';
import { listOf, ref } from '../openapi/words.ts';
import { resourceInclude } from '../resources/about.ts';
import { searchKeys } from './handlers.ts';

const tag = 'Credentials';
const whose = 'Everybody may keep his own keys; those of others whoever may let them in.';

export const signIn: About = {
  name: 'signIn',
  tag,
  summary: 'Sign in',
  text: 'Gives whoever knows the password of a resource a server-token, for the application that `Timekit-App` names. Attempts are limited as they are for the sign-in of this server. 403 where the password must be changed first.',
  needsApp: true,
  include: resourceInclude,
  body: ref('SignInInput'),
  data: ref('SignedIn'),
};

export const listCredentials: About = {
  name: 'listCredentials',
  tag,
  summary: 'List credentials',
  text: 'Keys of the resources that the key reaches, for its application.',
  query: [searchBy('', searchKeys, `resource.id:${firm.dana}`)],
  data: listOf(ref('Credential')),
  paged: true,
};

export const createCredential: About = {
  name: 'createCredential',
  tag,
  summary: 'Create a credential',
  text: `It is sent with the email of the resource as user name. ${whose}`,
  body: ref('CredentialInput'),
  bodyOptional: true,
  data: ref('NewCredential'),
  creates: true,
  names: true,
};

export const deleteCredential: About = {
  name: 'deleteCredential',
  tag,
  summary: 'Delete a credential',
  text: `The key is refused at once. ${whose}`,
};
