/** Why bytes are no image that is kept; the message goes on where "file_data" leaves off. */
export class Flaw extends Error {}
