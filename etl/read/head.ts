import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';

/** Bytes by which a text is known: some lines of it. */
export const headLength = 1 << 16;

/** The first bytes of a file as it lies there; fewer where it is shorter. */
export const firstBytes = async (file: string, length = 8): Promise<Buffer> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

export const isGzip = ([a, b]: Uint8Array): boolean => a === 0x1f && b === 0x8b;

/** The beginning of a text, decompressed, of the first bytes of its file; empty where they are damaged. */
export const headFrom = (bytes: Buffer): Buffer => {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    // The scan of the whole file finds the damage, and tells of it.
    return Buffer.alloc(0);
  }
};

/** The beginning of a text, decompressed. */
export const headOf = async (file: string): Promise<Buffer> => headFrom(await firstBytes(file, headLength));
