import { createHash, randomBytes } from 'node:crypto';

/** The id of a run that starts now, also its folder's name: `YYYYMMDDTHHMMSSZ-xxxxxxxx`. Ids are in the order of their runs. */
export const newRunId = (now: Date): string => {
  // The milliseconds stand first behind the dash, so that the order holds within a second too.
  const fraction = `${now.getUTCMilliseconds().toString(16).padStart(3, '0')}${randomBytes(3).toString('hex').slice(1)}`;
  return `${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${fraction}`;
};

/** The instant a run id names, to the second: ISO 8601, UTC. */
export const startOfId = (id: string): string =>
  id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6.000Z');

/** RFC 9562's name space for URLs. */
const urlSpace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/**
 * The UUID by which OpenLineage knows a run: version 5 (RFC 9562), of `https://github.com/himsight/himsight/run/<name>`.
 * The same name has the same UUID on every machine.
 */
export const runUuid = (name: string): string => {
  const hash = createHash('sha1').update(urlSpace).update(`https://github.com/himsight/himsight/run/${name}`).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
