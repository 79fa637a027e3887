import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import { DomainError } from '../../lib/errors.ts';
import { type Message, sendMessages } from '../../store/messages.ts';
import { audienceAmong } from '../projects/audience.ts';

/** Something that was written about a project, and who shall hear of it. */
export interface News {
  readonly projectId: number;
  /** Who wrote it; he is not told. */
  readonly writerId: number;
  readonly text: string;
  /** What the writer did, such as 'replied'. */
  readonly deed: string;
  readonly userIds: readonly number[];
}

/**
 * Tells people about the projects that they see, on the dashboard and on their devices, each of them once for each piece of
 * news; in the transaction of `ctx`. Neither the writer hears of it nor the one who wrote it for him.
 */
export async function tellPeople(ctx: Ctx, news: readonly News[]): Promise<void> {
  const { actor } = ctx;
  const wanted = news.flatMap((item) => {
    const others = new Set(item.userIds.filter((userId) => userId !== actor.userId && userId !== item.writerId));
    return [...others].map((userId) => ({ ...item, userId }));
  });
  if (wanted.length === 0) return;
  const sees = await audienceAmong(ctx, wanted);
  const writers = await valuesOf(ctx, 'users', new Set(wanted.map(({ writerId }) => writerId)));
  const projects = await valuesOf(ctx, 'projects', new Set(wanted.map(({ projectId }) => projectId)));
  const messages = wanted.flatMap(({ userId, projectId, writerId, deed, text }): Message[] => {
    if (!sees(userId, projectId)) return [];
    const writer = writers.get(writerId);
    const name = `${writer?.first_name ?? ''} ${writer?.last_name ?? ''}`.trim() || 'Somebody';
    const subject = `${name} ${deed} on ${projects.get(projectId)?.name ?? 'a project'}`;
    return [
      { userId, method: 'dashboard', subject, text },
      { userId, method: 'push', subject, text },
    ];
  });
  await sendMessages(ctx.db, actor.companyId, messages, ctx.now);
}

async function valuesOf(ctx: Ctx, resource: string, ids: ReadonlySet<number>): Promise<Map<number, Values>> {
  const definition = resourceOf(ctx, resource);
  const rows = await lookup(ctx, definition, ids);
  return new Map([...rows].map(([id, cells]) => [id, layoutOf(definition).values(cells)]));
}

/** Users whom a candidate mentions and its stored row did not. */
export function newlyMentioned({ values, before }: Pick<Candidate, 'values' | 'before'>): number[] {
  const known = (before?.mentions ?? []) as readonly number[];
  return ((values.mentions ?? []) as readonly number[]).filter((id) => !known.includes(id));
}

/** Only who sees the project can be mentioned; of all others nothing is told, not even that they exist. */
export function mentionable(
  candidate: Candidate,
  projectId: number,
  sees: (userId: number, projectId: number) => boolean,
): DomainError | undefined {
  const stranger = newlyMentioned(candidate).find((userId) => !sees(userId, projectId));
  if (stranger === undefined) return undefined;
  return new DomainError('invalid', `mentions ${stranger} is nobody who sees the project`, { field: 'mentions' });
}
