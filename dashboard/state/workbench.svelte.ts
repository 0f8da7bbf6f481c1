import { view } from './view.svelte.ts';

/** SQL that was run, newest first. */
const historyMost = 50;

const keys = { text: 'himsight.sql', history: 'himsight.sql-history' } as const;

const first = `select discharge_date, sum(encounter_count) as encounters
from mart.encounter_day
group by discharge_date
order by discharge_date desc
limit 100`;

/** Kept with the tab alone: what somebody asked of records is not left on the machine. */
const kept = {
  read: (key: string): string | null => sessionStorage.getItem(key),
  write: (key: string, value: string): void => sessionStorage.setItem(key, value),
};

const readHistory = (): readonly string[] => {
  try {
    const found: unknown = JSON.parse(kept.read(keys.history) ?? '[]');
    return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
};

/** The SQL being written, and what was run before. */
class Workbench {
  text = $state(kept.read(keys.text) ?? first);
  history = $state.raw(readHistory());
  /** What is to be said of SQL that a link brought; empty: nothing. */
  told = $state('');

  write(text: string): void {
    this.text = text;
    kept.write(keys.text, text);
  }

  ran(sql: string): void {
    this.history = [sql, ...this.history.filter((one) => one !== sql)].slice(0, historyMost);
    kept.write(keys.history, JSON.stringify(this.history));
  }

  /** Takes SQL that a link brought; what stood there before is found among what was run. */
  take(sql: string): void {
    if (this.text.trim() !== '' && this.text !== first && this.text !== sql) this.ran(this.text);
    this.write(sql);
  }

  /** Opens the page on a view's SQL. */
  open(sql: string): void {
    this.write(sql);
    view.visit('/workbench');
  }
}

export const workbench = new Workbench();
