/** A postal address; parts that are not known are blank. */
export interface Address {
  readonly addr1: string;
  readonly addr2: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
}

/** The parts of an address, in order. */
export const addressParts = ['addr1', 'addr2', 'city', 'state', 'zip', 'country'] as const;

function joined(parts: readonly string[], by: string): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(by);
}

/** An address in one line, with the country: how a place is called that nobody named. */
export function addressLine({ addr1, addr2, city, state, zip, country }: Address): string {
  return joined([joined([addr1, addr2], ' '), city, joined([state, zip], ' '), country], ', ');
}

/** An address in one line, without the country; the label where neither street nor city is known. Reference: 18-locations.md. */
export function formattedAddress(address: Address, label: string): string {
  if (joined([address.addr1, address.addr2, address.city], '') === '') return label;
  return addressLine({ ...address, country: '' });
}

/** Whether two addresses are the same, letter for letter. */
export function sameAddress(one: Address, other: Address): boolean {
  return addressParts.every((part) => one[part] === other[part]);
}
