const key = 'himsight-scorecard';

const read = (): readonly string[] | null => {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    const ids = Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
    return ids.length > 0 ? ids : null;
  } catch {
    return null;
  }
};

/** The indicators somebody wants on the scorecard, by ids in their order; null: the usual. Kept in this browser. */
class ScorecardChoice {
  ids = $state.raw(read());

  keep(ids: readonly string[] | null): void {
    this.ids = ids;
    try {
      if (ids === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(ids));
    } catch {
      // A browser that keeps nothing has the choice in the address all the same.
    }
  }
}

export const scorecardChoice = new ScorecardChoice();
