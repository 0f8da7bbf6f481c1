import type { Alert } from '../../dashboard/store/alert.ts';
import type { AlertVerdict } from '../../dashboard/store/alert-standing.ts';
import type { Annotation } from '../../dashboard/store/annotation.ts';
import type { Catalogue } from '../../warehouse/metric/catalogue.ts';
import type { Reader } from '../../warehouse/open.ts';
import { alertFacts } from './alert-facts.ts';
import { judgeAlert, unjudged } from './judge-alert.ts';

/** What judging is done with. */
export interface Judging {
  readonly reader: Reader;
  readonly catalogue: Catalogue;
  readonly annotations: readonly Annotation[];
  /** Told of every fault that is ours; the alert it is about cannot be judged, the others are. */
  readonly onTrouble: (error: unknown) => void;
}

/** The verdicts on alerts in one release, in their order. */
export const judgeAlerts = async (alerts: readonly Alert[], judging: Judging): Promise<readonly AlertVerdict[]> => {
  const verdicts: AlertVerdict[] = [];
  // One after the other: whoever looks at a page meanwhile comes first.
  for (const alert of alerts) verdicts.push(await judgeOne(alert, judging));
  return verdicts;
};

/** The verdict where our own fault kept an alert from being judged. */
export const notAsked = unjudged('It could not be asked: something failed on our side, and the log says what.');

/** The verdict on one alert. */
export const judgeOne = async (
  alert: Alert,
  { reader, catalogue, annotations, onTrouble }: Judging,
): Promise<AlertVerdict> => {
  try {
    const facts = await alertFacts(reader, catalogue, alert, annotations);
    return typeof facts === 'string' ? unjudged(facts) : judgeAlert(alert, facts);
  } catch (error) {
    onTrouble(error);
    return notAsked;
  }
};
