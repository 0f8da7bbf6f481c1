import { syncToDisk } from '../../warehouse/durable-file.ts';
import { writePieces, type FileBytes } from '../naaccr/write/write-file.ts';

/** A file that was written. */
export interface WrittenFile extends FileBytes {
  readonly name: string;
}

/** Writes a text to a new file, compressed where its name ends so. It stands on the disk afterwards. */
export const writeFile = async (path: string, name: string, text: AsyncIterable<string>): Promise<WrittenFile> => {
  const known = await writePieces(path, gathered(text));
  syncToDisk(path);
  return { name, ...known };
};

const pieceLength = 1 << 16;

/** Pieces of some size: a stream of single lines is slow. */
const gathered = async function* (text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let piece = '';
  for await (const each of text) {
    piece += each;
    if (piece.length < pieceLength) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
};
