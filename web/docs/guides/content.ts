import { readGuide, readGuides } from './guides.ts';

const files = import.meta.glob<string>('../../../docs/guides/*.md', { query: '?raw', import: 'default', eager: true });
const [changelogText = ''] = Object.values(
  import.meta.glob<string>('../../../CHANGELOG.md', { query: '?raw', import: 'default', eager: true }),
);

/** The guides, in the order in which people read them. */
export const guides = readGuides(files);

/** What changed from version to version. */
export const changelog = readGuide('changelog', changelogText);
