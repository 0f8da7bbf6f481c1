import type { Channel } from './channel.ts';
import { DeliveryError } from './delivery-error.ts';
import type { Message } from './message.ts';
import type { Told } from './told.ts';

/** Tries on one occasion; the next occasion is another one. */
const mostTries = 3;

/**
 * Sends a message on a channel, three times at most with two and four seconds between them, and says how that came out.
 * Never throws for what the other side does.
 */
export const deliver = async (
  channel: Channel,
  message: Message,
  sleep: (ms: number) => Promise<void>,
): Promise<Pick<Told, 'outcome' | 'tries' | 'why'>> => {
  for (let tries = 1; ; tries++)
    try {
      return { outcome: 'delivered', why: await channel.send(message), tries };
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      if (!error.isTransient || tries === mostTries) return { outcome: 'failed', why: error.message, tries };
      await sleep(1000 * 2 ** tries);
    }
};
