import type { Ctx } from '../../engine/context.ts';
import type { Db } from '../../store/db.ts';
import { join, type Sql, sql } from '../../store/sql.ts';

/** Bytes of a piece; each is 256 K characters of base64. */
export const pieceBytes = 196_608;
const piecesPerStatement = 50;
const bytesPerStatement = 2_097_152;

interface Piece {
  readonly fileId: number;
  readonly position: number;
  readonly bytes: Buffer;
}

/** Stores the bytes of files, in statements of bounded size whatever the number of files. */
export async function keepContent(
  db: Db,
  companyId: number,
  files: readonly { id: number; bytes: Buffer }[],
): Promise<void> {
  let waiting: Piece[] = [];
  let size = 0;
  for (const { id, bytes } of files) {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = { fileId: id, position: at / pieceBytes, bytes: bytes.subarray(at, at + pieceBytes) };
      if (waiting.length === piecesPerStatement || size + piece.bytes.length > bytesPerStatement) {
        await db.rows(insertPieces(companyId, waiting));
        waiting = [];
        size = 0;
      }
      waiting.push(piece);
      size += piece.bytes.length;
    }
  }
  if (waiting.length > 0) await db.rows(insertPieces(companyId, waiting));
}

/** Bytes travel as they are only as values of their own, so the statement always has the same number of places for them. */
function insertPieces(companyId: number, pieces: readonly Piece[]): Sql {
  const places = Array.from({ length: piecesPerStatement }, (_, index) => {
    const piece = pieces[index];
    return sql`(${piece?.fileId ?? null}::int, ${piece?.position ?? null}::int, ${piece?.bytes ?? null}::bytea)`;
  });
  return sql`
    INSERT INTO file_pieces (company_id, file_id, position, bytes)
    SELECT ${companyId}, p.* FROM (VALUES ${join(places)}) AS p (file_id, position, bytes) WHERE p.file_id IS NOT NULL`;
}

/**
 * The bytes of a file from one position to before another, piece by piece; no more than one is in memory. Throws when the
 * file is deleted meanwhile.
 */
export async function* contentOf(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  fileId: number,
  from: number,
  to: number,
): AsyncGenerator<Buffer> {
  for (let position = Math.floor(from / pieceBytes); position * pieceBytes < to; position += 1) {
    const [row] = await db.rows(sql`
      SELECT bytes FROM file_pieces
      WHERE company_id = ${actor.companyId} AND file_id = ${fileId} AND position = ${position}`);
    const text = row?.[0];
    if (text === null || text === undefined) throw new Error(`Piece ${position} of file ${fileId} is gone`);
    // PostgreSQL prints bytes as \x and hexadecimal digits.
    const bytes = Buffer.from(text.slice(2), 'hex');
    const start = position * pieceBytes;
    yield bytes.subarray(Math.max(0, from - start), Math.min(bytes.length, to - start));
  }
}
