import pg from 'pg';
import { Lanes } from './lanes.ts';
import { asDomainError } from './pg-errors.ts';
import { type Statement, sql } from './sql.ts';

/** One value as PostgreSQL prints it; instants in UTC. Hot reads never make Date objects of them. */
export type Cell = string | null;
export type Cells = readonly Cell[];

/** Where statements run: on any connection, or on the one of a transaction. Throws DomainError. */
export interface Db {
  /** Runs one statement and gives its rows as arrays of text cells. */
  rows(statement: Statement): Promise<Cells[]>;
  /**
   * Sends several statements in one round trip; each sees the effects of those before it. In one transaction where
   * `atomic`; otherwise an earlier one stays done when a later one fails.
   */
  pipeline(statements: Statement[], options?: { atomic?: boolean }): Promise<Cells[][]>;
  /** Runs `work` in one transaction: all or nothing. Inside a transaction it joins that one. */
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>;
}

/** A pool of connections to one PostgreSQL database. */
export interface Database {
  /** Statements for one company; with row-level security on, PostgreSQL itself hides every other company. */
  forCompany(companyId: number): Db;
  /** Statements before a company is known (sign-in, tokens, migrations) or across companies (jobs). */
  readonly system: Db;
  /** Connections that are waiting for a free one, for /metrics. */
  readonly waiting: number;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  connection: pg.PoolConfig;
  /** Connections at most. */
  size?: number;
  /** Sets the company in every transaction, for row-level security. */
  rowSecurity?: boolean;
}

const rawCells = { getTypeParser: () => (text: string) => text };

const sessionOptions =
  '-c TimeZone=UTC -c DateStyle=ISO -c jit=off -c plan_cache_mode=force_generic_plan -c statement_timeout=60000 -c client_min_messages=error';

/**
 * Texts with a name are prepared once on each connection, and stay there. Filters can be combined in millions of ways, so texts
 * beyond these are prepared anew each time.
 */
const mostNames = 2_000;
const statementNames = new Map<string, string>();

function nameOf(text: string): string | undefined {
  let name = statementNames.get(text);
  if (name === undefined && statementNames.size < mostNames) {
    name = `op${statementNames.size}`;
    statementNames.set(text, name);
  }
  return name;
}

async function run(client: pg.ClientBase, statement: Statement): Promise<Cells[]> {
  const text = statement.text;
  const name = nameOf(text);
  const query = {
    ...(name === undefined ? {} : { name }),
    // Without a name too: the simple protocol can not be pipelined.
    queryMode: 'extended',
    text,
    values: statement.values as unknown[],
    rowMode: 'array' as const,
    types: rawCells as unknown as pg.CustomTypesConfig,
  };
  const result = await client.query<Cell[]>(query);
  return result.rows;
}

/** Sends all statements in one write; `pg` alone makes one of each. */
function sendAll(client: pg.ClientBase, statements: Statement[]): Promise<Cells[]>[] {
  // Every client is one, whatever it was made by.
  const { stream } = (client as pg.Client).connection;
  stream.cork();
  try {
    return statements.map((statement) => run(client, statement));
  } finally {
    stream.uncork();
  }
}

/** Waits for every statement before it throws, so that a connection is never given back with answers outstanding. */
async function runAll(client: pg.ClientBase, statements: Statement[]): Promise<Cells[][]> {
  const outcomes = await Promise.allSettled(sendAll(client, statements));
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

const ignore = (): void => undefined;

const begin = sql`BEGIN`;
const commit = sql`COMMIT`;
const rollback = sql`ROLLBACK`;

class Session implements Db {
  readonly #pool: pg.Pool;
  readonly #lanes: Lanes;
  readonly #scope: Statement | undefined;

  constructor(pool: pg.Pool, lanes: Lanes, scope: Statement | undefined) {
    this.#pool = pool;
    this.#lanes = lanes;
    this.#scope = scope;
  }

  async rows(statement: Statement): Promise<Cells[]> {
    const [rows = []] = await this.pipeline([statement]);
    return rows;
  }

  async pipeline(statements: Statement[], { atomic = false } = {}): Promise<Cells[][]> {
    try {
      return await this.#lanes.use(async (client) => {
        if (this.#scope === undefined && !atomic) return runAll(client, statements);
        const start = this.#scope === undefined ? [begin] : [begin, this.#scope];
        const all = await runAll(client, [...start, ...statements, commit]);
        return all.slice(start.length, -1);
      });
    } catch (error) {
      throw asDomainError(error);
    }
  }

  async transaction<T>(work: (db: Db) => Promise<T>): Promise<T> {
    let client: pg.PoolClient | undefined;
    let broken = false;
    try {
      client = await this.#pool.connect();
      // The statement that is under way tells it; without a listener it would end the process.
      client.on('error', ignore);
      return await this.#transactionOn(client, work);
    } catch (error) {
      const known = asDomainError(error);
      broken = known.kind === 'unavailable';
      throw known;
    } finally {
      client?.off('error', ignore);
      client?.release(broken);
    }
  }

  async #transactionOn<T>(client: pg.ClientBase, work: (db: Db) => Promise<T>): Promise<T> {
    await runAll(client, this.#scope === undefined ? [begin] : [begin, this.#scope]);
    try {
      const result = await work(new Transaction(client));
      await run(client, commit);
      return result;
    } catch (error) {
      await run(client, rollback).catch(() => undefined);
      throw error;
    }
  }
}

class Transaction implements Db {
  readonly #client: pg.ClientBase;

  constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  async rows(statement: Statement): Promise<Cells[]> {
    return run(this.#client, statement).catch((error) => {
      throw asDomainError(error);
    });
  }

  async pipeline(statements: Statement[]): Promise<Cells[][]> {
    return runAll(this.#client, statements).catch((error) => {
      throw asDomainError(error);
    });
  }

  async transaction<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return work(this);
  }
}

/** Opens a database; connections are made when first needed. Half of them serve single statements, half transactions. */
export function openDatabase(options: DatabaseOptions): Database {
  const size = options.size ?? 8;
  const config = {
    connectionTimeoutMillis: 10_000,
    application_name: 'openpunch',
    options: sessionOptions,
    pipeline: true,
    ...options.connection,
  } as pg.PoolConfig;
  const pool = new pg.Pool({ ...config, max: Math.ceil(size / 2), idleTimeoutMillis: 30_000 });
  const lanes = new Lanes(config, Math.ceil(size / 2));
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  const scopeOf = (company: string): Statement | undefined =>
    options.rowSecurity ? sql`SELECT set_config('openpunch.company_id', ${company}, true)` : undefined;
  return {
    system: new Session(pool, lanes, scopeOf('*')),
    forCompany: (companyId) => new Session(pool, lanes, scopeOf(String(companyId))),
    get waiting() {
      return pool.waitingCount + lanes.waiting;
    },
    close: async () => {
      await Promise.all([pool.end(), lanes.close()]);
    },
  };
}
