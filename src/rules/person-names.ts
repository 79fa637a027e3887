/** A name in the two parts that are stored, and as a whole where the parts do not give it back. */
export interface NameParts {
  readonly first_name: string;
  readonly last_name: string;
  readonly display_name: string;
}

/** What stands for the last name of somebody who has one name only. */
const noLastName = '-';

/** Splits a name at its last blank: 'Mary Ann Lee' is 'Mary Ann' and 'Lee'. shownName gives back the same text. */
export function splitName(name: string): NameParts {
  const [, first = name, last = noLastName] = /^(.*\S)\s+(\S+)$/su.exec(name) ?? [];
  return { first_name: first, last_name: last, display_name: `${first} ${last}` === name ? '' : name };
}

/** What a person is called: the name that was chosen to be shown, else first and last name. */
export function shownName(parts: { readonly [part: string]: unknown }): string {
  const { first_name: first, last_name: last, display_name: shown } = parts;
  return typeof shown === 'string' && shown !== '' ? shown : `${first} ${last}`.trim();
}

const longestBase = 60;

/** A user name made of a name: 'Zoë O’Neil' gives 'zoe.o.neil'; 'employee' where no letter of it can be used. */
export function usernameBase(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const base = plain
    .replace(/[^a-z0-9]+/g, '.')
    .slice(0, longestBase)
    .replace(/^\.+|\.+$/g, '');
  return base === '' ? 'employee' : base;
}

/** The first of base, base2, base3 … that is not taken; `taken` holds user names in lower case. */
export function freeUsername(base: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const username = number === 1 ? base : `${base}${number}`;
    if (!taken.has(username)) return username;
  }
}
