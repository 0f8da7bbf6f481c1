import { keepFile } from '../component/keep-file.ts';
import { send } from '../data/request.ts';

/**
 * Has the server draw a report, and hands the file to the reader's browser.
 *
 * @throws RequestError with the sentence why it cannot be drawn
 */
export const drawFile = async (address: string): Promise<void> => {
  const response = await send(address, {});
  const said = response.headers.get('content-disposition') ?? '';
  const name = /filename="([^"]+)"/.exec(said)?.[1] ?? address.replace(/\?.*$/, '').replace(/^.*\//, '');
  keepFile(await response.blob(), name);
};
