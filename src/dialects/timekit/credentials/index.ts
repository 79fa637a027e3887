import type { Route } from '../route.ts';
import * as about from './about.ts';
import { deleteCredential, listCredentials, postCredential } from './handlers.ts';
import { appOfSignIn, signIn } from './sign-in.ts';

const model = 'Credential';

export const routes: readonly Route[] = [
  { method: 'POST', path: '/auth', handler: signIn, model: 'App', open: appOfSignIn, about: about.signIn },
  { method: 'GET', path: '/credentials', handler: listCredentials, model, about: about.listCredentials },
  { method: 'POST', path: '/credentials', handler: postCredential, model, about: about.createCredential },
  { method: 'DELETE', path: '/credentials/:id', handler: deleteCredential, model, about: about.deleteCredential },
];
