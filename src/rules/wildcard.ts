/**
 * The SQL LIKE pattern (escape character: backslash, PostgreSQL's default) of a TSheets name filter, in which `*` stands for
 * any text: 'sm*' starts with sm, '*ate' ends with ate. Without a star the whole must be equal. Runs of stars are one.
 * Whether case matters is the caller's choice (LIKE or ILIKE).
 */
export function likePattern(text: string): string {
  return text.replace(/[%_\\]/g, '\\$&').replace(/\*+/g, '%');
}
