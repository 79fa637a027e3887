import { usersWith } from './definition.ts';
import { checkSecretsOfOthers } from './secrets.ts';
import { staff } from './staff.ts';

const { last_name: last } = staff.fields;
if (last === undefined) throw new Error('Users have a last name');

/** The same users for a door that knows rooms and teams besides people: a name may be one word. */
export const bookable = usersWith({ ...staff.fields, last_name: { ...last, required: false } }, checkSecretsOfOthers);
