/** The checksum of a PNG's chunks: CRC-32 as in ISO 3309. */
const crc = (bytes: Uint8Array): number => {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
};

const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc(bytes.subarray(4, 8 + data.length)));
  return bytes;
};

/** Signature and header: what a PNG begins with, before any text may stand. */
const head = 8 + 25;

/**
 * A PNG with texts in its metadata: an `iTXt` chunk each (UTF-8, not compressed; PNG, third edition, 11.3.3.4) after its
 * header. Keywords are plain letters, 1 to 79 of them.
 */
export const pngWithTexts = (png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> => {
  const chunks = Object.entries(texts).map(([keyword, text]) =>
    chunk('iTXt', new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`)),
  );
  const bytes = new Uint8Array(png.length + chunks.reduce((sum, { length }) => sum + length, 0));
  bytes.set(png.subarray(0, head));
  let at = head;
  for (const one of chunks) {
    bytes.set(one, at);
    at += one.length;
  }
  bytes.set(png.subarray(head), at);
  return bytes;
};
