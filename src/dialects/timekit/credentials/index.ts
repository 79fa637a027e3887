import type { Route } from '../route.ts';
import { deleteCredential, listCredentials, postCredential } from './handlers.ts';
import { appOfSignIn, signIn } from './sign-in.ts';

const model = 'Credential';

export const routes: readonly Route[] = [
  { method: 'POST', path: '/auth', handler: signIn, model: 'App', open: appOfSignIn },
  { method: 'GET', path: '/credentials', handler: listCredentials, model },
  { method: 'POST', path: '/credentials', handler: postCredential, model },
  { method: 'DELETE', path: '/credentials/:id', handler: deleteCredential, model },
];
