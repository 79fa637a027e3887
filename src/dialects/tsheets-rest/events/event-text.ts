import type { Actor } from '../../../engine/context.ts';
import { isoUtc } from '../../../lib/time.ts';
import type { SeenChange } from '../../../resources/history/seen.ts';
import { writeRow } from '../row.ts';

/** One event as JSON, as this person may see it. A row that is gone has no `object`. */
export function eventText(actor: Actor, { change, definition, cells }: SeenChange): string {
  const head = JSON.stringify({
    id: String(change.id),
    resource: definition.name,
    action: change.action,
    object_id: change.rowId,
    occurred_at: isoUtc(change.at),
    via: change.via,
    user_id: change.userId,
  });
  return cells === undefined ? head : `${head.slice(0, -1)},"object":${writeRow(definition, actor, cells)}}`;
}
