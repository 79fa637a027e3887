import type { Config } from '../config.ts';
import type { Permission } from '../rules/permissions.ts';
import { CompanyCache } from '../store/cache.ts';
import type { Db } from '../store/db.ts';
import type { Definition } from './definition.ts';

/** Who acts, and what he may do. Loaded once per token and kept until something about the company's people changes. */
export interface Actor {
  readonly companyId: number;
  readonly userId: number;
  readonly permissions: ReadonlySet<Permission>;
  /** Groups that this user manages, and the users who belong to them. */
  readonly managedGroupIds: readonly number[];
  readonly managedUserIds: ReadonlySet<number>;
  /** Projects whose jobcode is assigned to this user, to everyone, or through one above it. */
  readonly projectIds: ReadonlySet<number>;
  /** Users of the actor's own group, himself too; only where a permission of his speaks of them. */
  readonly colleagueIds: ReadonlySet<number>;
}

/** What every engine call and operation gets first: who, where, when and through which door. */
export interface Ctx {
  readonly actor: Actor;
  /** The transaction when inside one. */
  readonly db: Db;
  readonly cache: CompanyCache;
  /** What the operator decided. */
  readonly config: Config;
  /** All resources by name, so that references can be followed. */
  readonly resources: ReadonlyMap<string, Definition>;
  /** Epoch seconds, UTC. */
  readonly now: number;
  /** The dialect or command that the request came through, as the history names it. */
  readonly via: string;
  readonly requestId: string;
  /** An application acts in the name of the user, who is told of what it does like anybody else. */
  readonly byApplication?: boolean;
  /** When the application was registered whose token the request carries (epoch seconds); none for the command line's tokens. */
  readonly appCreated?: number;
  /** Names the sign-in that the request came with, which stays when the user chooses another password; none for a token. */
  readonly signIn?: string;
  /** Nobody is told of what is done: it is a trial. */
  readonly quiet?: boolean;
  /** What the request says beside its rows, by name; read it with `optionOf`. */
  readonly options?: ReadonlyMap<string, string>;
}

const forgetful = new CompanyCache();
forgetful.pause(true);

/**
 * The same request inside a transaction. Facts are read afresh there and not kept: what a transaction sees of its own is
 * nobody else's business before it is committed.
 */
export function within(ctx: Ctx, db: Db): Ctx {
  return { ...ctx, db, cache: forgetful };
}

/**
 * Whether a request is inside a transaction. What a constraint refuses there ends all of it: it can only begin anew as a
 * whole, which is up to whoever opened it.
 */
export function isInside({ cache }: Ctx): boolean {
  return cache === forgetful;
}

/** A resource by name; a name that is not registered is a mistake in a definition. */
export function resourceOf(ctx: Ctx, name: string): Definition {
  const definition = ctx.resources.get(name);
  if (definition === undefined) throw new Error(`No resource is called ${name}`);
  return definition;
}

/** Whether the actor holds a permission; an admin holds every one. */
export function may(actor: Actor, permission: Permission): boolean {
  return actor.permissions.has('admin') || actor.permissions.has(permission);
}
