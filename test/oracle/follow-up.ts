type Abstract = Readonly<Record<string, string | null>>;

const number = (text: string | null | undefined): number => Number((text ?? '').slice(0, 8).padEnd(8, '0'));

/** The day so many years and months before one, as yyyymmdd; of a day past the month's end its last. */
const before = (day: string, months: number): number => {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(4, 6)) - 1 - months;
  const [year, month] = [Math.floor(at / 12), (at % 12) + 1];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return year * 10_000 + month * 100 + Math.min(Number(day.slice(6, 8)), last);
};

/** Share of cases followed, of all, of those diagnosed within five years and of the living, in plain loops. Dates are to the day. */
export const followUp = (abstracts: readonly Abstract[], asOf: string) => {
  const [followed, recent, living] = [
    [0, 0],
    [0, 0],
    [0, 0],
  ] as [number, number][] as [[number, number], [number, number], [number, number]];
  const count = (pair: [number, number], isFollowed: boolean): void => {
    pair[0] += isFollowed ? 1 : 0;
    pair[1]++;
  };
  for (const one of abstracts) {
    const klass = Number(one.classOfCase);
    const site = (one.primarySite ?? '').slice(0, 3);
    const histology = Number(one.histologicTypeIcdO3);
    const diagnosed = number(one.dateOfDiagnosis);
    if (klass < 10 || klass > 22) continue;
    if (one.behaviorCodeIcdO3 !== '2' && one.behaviorCodeIcdO3 !== '3') continue;
    if (diagnosed < before(asOf, 15 * 12)) continue;
    if (number(one.dateOfBirth) <= before(asOf, 101 * 12)) continue;
    if (site === 'C53' && one.behaviorCodeIcdO3 === '2') continue;
    const isSkin = site === 'C44' && histology >= 8050 && histology <= 8110;
    const stage = diagnosed >= 20180101 ? one.summaryStage2018 : null;
    if (isSkin && (one.behaviorCodeIcdO3 === '2' || stage === '0' || stage === '1')) continue;
    if (one.addrAtDxCountry && one.addrAtDxCountry !== 'USA') continue;
    const isDead = one.vitalStatus === '0';
    const isInContact = number(one.dateOfLastContact) >= before(asOf, 15);
    count(followed, isDead || isInContact);
    if (diagnosed >= before(asOf, 60)) count(recent, isDead || isInContact);
    if (!isDead) count(living, isInContact);
  }
  const share = ([part, whole]: [number, number]): number => part / whole;
  return {
    follow_up_rate: share(followed),
    follow_up_rate_5_years: share(recent),
    follow_up_rate_living: share(living),
  };
};
