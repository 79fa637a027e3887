/** Every text of the documentation site. */
export const docs = {
  title: 'Documentation',
} as const;
