import type { Schema } from '../../../http/openapi/types.ts';
import { answered, given, id, moment, said, text, word } from '../openapi/words.ts';
import { resourceIncludes, resourceProperties } from '../resources/schemas.ts';

const types = ['server-token', 'client-token'];

const credential: Readonly<Record<string, Schema>> = {
  id: id('By which it is known; it is no part of the key.'),
  type: word('`client-token` for a key that web pages may carry.', types),
  name: said('What it is for.'),
  resource: answered({ id: id('Whom it acts as.') }),
  created_at: moment('When it was made.'),
};

export const schemas: Readonly<Record<string, Schema>> = {
  Credential: answered(credential, {}, 'A key of a resource for one application, without its text.'),
  NewCredential: answered(
    {
      ...credential,
      token: said('The key. It is told here and never again.'),
      api_token: said('The same, as the SDK calls it.'),
    },
    {},
    'A key of a resource, with its text.',
  ),
  CredentialInput: given(
    {
      resource_id: text('Whom it acts as, who needs an email. The key’s own resource where nobody is named.'),
      type: word('`client-token` for a key that web pages may carry.', types, { default: 'server-token' }),
      name: text('What it is for.', { maxLength: 100, default: 'Timekit' }),
    },
    [],
    'A new key. An app token must name the resource.',
  ),
  SignInInput: given(
    {
      email: text('Email address of the resource.'),
      password: text('Password with which the person signs in here.', { maxLength: 1_000 }),
    },
    ['email', 'password'],
  ),
  SignedIn: answered(
    { ...resourceProperties, api_token: said('A server-token of the resource. It is told here and never again.') },
    resourceIncludes,
    'The resource that signed in, with a new key.',
  ),
};
