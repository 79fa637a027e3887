import { isZone } from '../../../lib/time.ts';

let groups: [area: string, names: string[]][] | undefined;

/** All time zones by area, for a list to choose from. */
export function zoneGroups(): readonly [area: string, names: string[]][] {
  if (groups === undefined) {
    const byArea = Map.groupBy(Intl.supportedValuesOf('timeZone'), (name) =>
      name.includes('/') ? (name.split('/')[0] ?? '') : 'Other',
    );
    const other = [...new Set([...(byArea.get('Other') ?? []), 'UTC'])];
    byArea.delete('Other');
    groups = [...[...byArea].sort(([a], [b]) => a.localeCompare(b)), ['Other', other]];
  }
  return groups;
}

/** The zone that is proposed: this machine's, unless it says nothing. */
export function proposedZone(): string {
  const zone = Temporal.Now.timeZoneId();
  return isZone(zone) && zone.includes('/') && !zone.startsWith('Etc/') ? zone : '';
}
